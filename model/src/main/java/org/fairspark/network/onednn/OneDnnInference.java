package org.fairspark.network.onednn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.backend.OneDnnPlan;
import org.fairspark.network.backend.OneDnnUpsample;

/**
 * All steps of restoring a batch of one size. Batch normalization is folded into the convolutions,
 * ReLU and the sum with the skip are computed in a convolution's last pass, and between the steps
 * channels lie in blocks of 16, the floats of a register.
 */
final class OneDnnInference implements AutoCloseable {
  static final int BLOCK = 16;

  private final OneDnnPlan natives = new OneDnnPlan();
  private final List<OneDnnPlan.Step> steps = new ArrayList<>();
  private final NetworkSpec shape;
  private final Iterator<FoldedConvBlock> units;
  private final int n;
  private final int height;
  private final int width;
  private final FloatPointer in;
  private final FloatPointer out;

  OneDnnInference(NetworkWeights state, int n, int height, int width) {
    this.shape = state.spec();
    this.units = FoldedConvBlock.of(state);
    this.n = n;
    this.height = height;
    this.width = width;
    in = floats(shape.inputChannels(), 1);
    out = floats(shape.head().channels(), 1);
    try {
      plan();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void plan() {
    // Two places in turns, and one for each encoder output, to which the decoder's is added.
    FloatPointer here = floats(shape.width(), 1);
    FloatPointer there = floats(shape.width(), 1);
    FloatPointer[] skips = new FloatPointer[NetworkSpec.LEVELS];
    for (int level = 1; level <= NetworkSpec.LEVELS; level++) {
      if (level == 1) {
        first(there);
      } else {
        halve(level, skips[level - 1], here);
        convolve(level, here, there);
      }
      if (level < NetworkSpec.LEVELS) {
        skips[level] = floats(shape.channels(level), level);
        convolve(level, there, skips[level]);
      } else {
        convolve(level, there, here);
      }
    }
    for (int level = NetworkSpec.LEVELS - 1; level >= 1; level--) {
      enlarge(level, here, there);
      FloatPointer joined = join(level, there, skips[level], here);
      convolve(level, joined, there);
      convolve(level, there, here);
    }
    last(here, there);
  }

  private FloatPointer floats(int channels, int level) {
    long count = 1;
    for (long size : dims(channels, level)) {
      count *= size;
    }
    return natives.buffer().floats(count);
  }

  private long[] dims(int channels, int level) {
    return new long[] {n, channels, height >> (level - 1), width >> (level - 1)};
  }

  private dnnl_memory_desc_t blocks(int channels, int level) {
    return OneDnnPlan.layout(dnnl.dnnl_nChw16c, dims(channels, level));
  }

  /** From the input, which lies plane by plane. */
  private void first(FloatPointer to) {
    FoldedConvBlock unit = units.next();
    dnnl_memory_desc_t planes = OneDnnPlan.layout(dnnl.dnnl_nchw, dims(shape.inputChannels(), 1));
    dnnl_memory_desc_t target = blocks(unit.unit().out(), 1);
    steps.add(new FoldedConvolution(natives, unit, planes, target, false).step(in, to, null));
  }

  private void convolve(int level, FloatPointer from, FloatPointer to) {
    steps.add(convolution(level, false).step(from, to, null));
  }

  /** Convolves and adds the skip, if there is one; tells in which of the two last places. */
  private FloatPointer join(int level, FloatPointer from, FloatPointer skip, FloatPointer other) {
    if (!shape.skips()) {
      convolve(level, from, other);
      return other;
    }
    FoldedConvolution convolution = convolution(level, true);
    FloatPointer to = convolution.addsInPlace() ? skip : other;
    steps.add(convolution.step(from, to, skip));
    return to;
  }

  private FoldedConvolution convolution(int level, boolean adds) {
    FoldedConvBlock unit = units.next().padded(BLOCK);
    return new FoldedConvolution(
        natives, unit, blocks(unit.unit().in(), level), blocks(unit.unit().out(), level), adds);
  }

  /** To this level from the one above. */
  private void halve(int level, FloatPointer from, FloatPointer to) {
    int channels = shape.channels(level - 1);
    dnnl_memory_desc_t source = blocks(channels, level - 1);
    dnnl_memory_desc_t target = blocks(channels, level);
    steps.add(
        natives
            .step(
                natives.implementation(
                    OneDnnPlan.halving(dnnl.dnnl_forward_inference, source, target), null))
            .with(dnnl.DNNL_ARG_SRC, natives.memory(source, from))
            .with(dnnl.DNNL_ARG_DST, natives.memory(target, to)));
  }

  /** To this level from the one below: every block of channels is an image of its own. */
  private void enlarge(int level, FloatPointer from, FloatPointer to) {
    long blocks = (long) n * shape.channels(level) / BLOCK;
    OneDnnUpsample doubling =
        new OneDnnUpsample(natives, blocks, height >> level, width >> level, BLOCK, false, to);
    steps.addAll(doubling.steps(from));
  }

  /** To the output, plane by plane: the channels that fill up the only block are left behind. */
  private void last(FloatPointer from, FloatPointer between) {
    int channels = shape.head().channels();
    convolve(1, from, between);
    dnnl_memory_desc_t source = blocks(channels, 1);
    dnnl_memory_desc_t target = OneDnnPlan.layout(dnnl.dnnl_nchw, dims(channels, 1));
    steps.add(
        natives.reorder(
            source, natives.memory(source, between), target, natives.memory(target, out)));
  }

  boolean fits(int n, int height, int width) {
    return this.n == n && this.height == height && this.width == width;
  }

  /** Input and output as {@link Restorer#restore} has them. */
  float[] run(float[] input) {
    in.put(input);
    steps.forEach(OneDnnPlan.Step::run);
    float[] restored = new float[n * shape.head().channels() * height * width];
    out.get(restored);
    return restored;
  }

  @Override
  public void close() {
    natives.close();
  }
}
