package org.fairspark.network.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetTopology;
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
  private final List<OneDnnPlan.Execution> steps = new ArrayList<>();
  private final UnetSpec spec;
  private final Iterator<FoldedConvBlock> units;
  private final int n;
  private final int height;
  private final int width;
  private final FloatPointer in;
  private final FloatPointer out;

  // Two places in turns, and one for each output that is added to a later one.
  private final FloatPointer here;
  private final FloatPointer there;
  private final Map<String, FloatPointer> skips = new HashMap<>();

  /** The place of the last step's output. */
  private FloatPointer last;

  OneDnnInference(NetworkWeights weights, int n, int height, int width) {
    this.spec = weights.unet();
    this.units = FoldedConvBlock.of(weights);
    this.n = n;
    this.height = height;
    this.width = width;
    in = floats(spec.inputChannels(), 1);
    out = floats(spec.head().channels(), 1);
    here = floats(spec.width(), 1);
    there = floats(spec.width(), 1);
    last = in;
    try {
      plan();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void plan() {
    UnetTopology topology = UnetTopology.of(spec);
    Set<String> kept = topology.skipSources();
    Iterator<UnetTopology.Step> all = topology.steps().iterator();
    UnetTopology.Step step = all.next();
    while (step != null) {
      UnetTopology.Step next = all.hasNext() ? all.next() : null;
      if (step instanceof UnetTopology.Convolution) {
        if (next instanceof UnetTopology.SkipAdd add) {
          join(add);
          next = all.hasNext() ? all.next() : null;
        } else if (kept.contains(step.name())) {
          FloatPointer skip = floats(step.channels(), step.level());
          skips.put(step.name(), skip);
          convolve(step.level(), skip);
        } else {
          convolve(step.level(), free());
        }
      } else if (step instanceof UnetTopology.MaxPool) {
        halve(step);
      } else if (step instanceof UnetTopology.Upsample) {
        enlarge(step);
      } else {
        throw new IllegalStateException("no plan for " + step);
      }
      step = next;
    }
    output();
  }

  /** Returns the place of the two that does not hold the last output. */
  private FloatPointer free() {
    return last.equals(here) ? there : here;
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

  private void convolve(int level, FloatPointer to) {
    steps.add(convolution(level, false).step(last, to, null));
    last = to;
  }

  /** Convolves and adds the skip, in its place or beside it. */
  private void join(UnetTopology.SkipAdd add) {
    FoldedConvolution convolution = convolution(add.level(), true);
    FloatPointer skip = skips.get(add.from());
    FloatPointer to = convolution.addsInPlace() ? skip : free();
    steps.add(convolution.step(last, to, skip));
    last = to;
  }

  /** Returns the next convolution; only the input lies plane by plane. */
  private FoldedConvolution convolution(int level, boolean adds) {
    FoldedConvBlock unit = units.next().padded(BLOCK);
    dnnl_memory_desc_t source =
        last.equals(in)
            ? OneDnnPlan.layout(dnnl.dnnl_nchw, dims(unit.unit().in(), level))
            : blocks(unit.unit().in(), level);
    return new FoldedConvolution(natives, unit, source, blocks(unit.unit().out(), level), adds);
  }

  private void halve(UnetTopology.Step step) {
    dnnl_memory_desc_t source = blocks(step.channels(), step.level() - 1);
    dnnl_memory_desc_t target = blocks(step.channels(), step.level());
    FloatPointer to = free();
    steps.add(
        natives
            .step(
                natives.implementation(
                    OneDnnPlan.halving(dnnl.dnnl_forward_inference, source, target), null))
            .with(dnnl.DNNL_ARG_SRC, natives.memory(source, last))
            .with(dnnl.DNNL_ARG_DST, natives.memory(target, to)));
    last = to;
  }

  /** Enlarges every block of channels as an image of its own. */
  private void enlarge(UnetTopology.Step step) {
    long blocks = (long) n * step.channels() / BLOCK;
    FloatPointer to = free();
    int smallerHeight = height >> step.level();
    int smallerWidth = width >> step.level();
    OneDnnUpsample doubling =
        new OneDnnUpsample(natives, blocks, smallerHeight, smallerWidth, BLOCK, false, to);
    steps.addAll(doubling.steps(last));
    last = to;
  }

  /** Copies to the output, plane by plane, without the channels that only fill up the block. */
  private void output() {
    int channels = spec.head().channels();
    dnnl_memory_desc_t source = blocks(channels, 1);
    dnnl_memory_desc_t target = OneDnnPlan.layout(dnnl.dnnl_nchw, dims(channels, 1));
    steps.add(
        natives.reorder(source, natives.memory(source, last), target, natives.memory(target, out)));
  }

  boolean fits(int n, int height, int width) {
    return this.n == n && this.height == height && this.width == width;
  }

  /** Restores images; input and output are those of {@link Restorer#restore}. */
  float[] run(float[] input) {
    in.put(input);
    steps.forEach(OneDnnPlan.Execution::run);
    float[] restored = new float[n * spec.head().channels() * height * width];
    out.get(restored);
    return restored;
  }

  @Override
  public void close() {
    natives.close();
  }
}
