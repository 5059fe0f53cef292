package org.fairspark.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The wiring of the U-Net (paper section 3.3, reference code {@code ReconstructiveSubNetwork}): its
 * steps in the order in which data meets them. Every step takes the output of the one before; a
 * {@link SkipAdd} takes that of an earlier convolution too. The engines, the ONNX file, the memory
 * estimate and the list of parameters are all made from these steps.
 *
 * <p>Levels are counted from 1, the size of the input, to {@link UnetSpec#LEVELS}; each has half
 * the height and width of the one above.
 *
 * @param steps from the input to the output
 */
public record UnetTopology(List<Step> steps) {
  /** One operation of the network. */
  public sealed interface Step {
    /** Returns the step's unique name: that of the reference code, or one like those. */
    String name();

    /** Channels of the output. */
    int channels();

    /** Returns the level of the output. */
    int level();
  }

  /** A 3x3 convolution with what belongs to it. */
  public record Convolution(UnetSpec.Unit unit, int level) implements Step {
    @Override
    public String name() {
      return unit.convolution();
    }

    @Override
    public int channels() {
      return unit.out();
    }
  }

  /** The maximum of each 2x2 square: down to this level from the one above. */
  public record MaxPool(String name, int channels, int level) implements Step {}

  /** {@link BilinearUpsample Bilinear interpolation}: up to this level from the one below. */
  public record Upsample(String name, int channels, int level) implements Step {}

  /**
   * The sum with what an encoder block made.
   *
   * @param from name of the convolution whose output is added
   */
  public record SkipAdd(String name, String from, int channels, int level) implements Step {}

  /** Copies the list. */
  public UnetTopology {
    steps = List.copyOf(steps);
  }

  /** Returns the steps of a network: five encoder and four decoder blocks, and the output. */
  public static UnetTopology of(UnetSpec spec) {
    List<Step> steps = new ArrayList<>();
    String[] blocks = new String[UnetSpec.LEVELS + 1];
    for (int level = 1; level <= UnetSpec.LEVELS; level++) {
      int in = level == 1 ? spec.inputChannels() : spec.channels(level - 1);
      if (level > 1) {
        steps.add(new MaxPool("encoder.mp" + (level - 1), in, level));
      }
      int out = spec.channels(level);
      blocks[level] = addBlock(steps, "encoder.block" + level, in, out, out, level);
    }
    for (int step = 1; step < UnetSpec.LEVELS; step++) {
      int level = UnetSpec.LEVELS - step;
      int in = spec.channels(level);
      int out = level == 1 ? spec.width() : spec.channels(level - 1);
      String up = "decoder.up" + step;
      steps.add(new Upsample(up + ".0", in, level));
      steps.add(new Convolution(new UnetSpec.Unit(up + ".1", up + ".2", in, in), level));
      if (spec.skips()) {
        steps.add(new SkipAdd("decoder.skip" + step, blocks[level], in, level));
      }
      addBlock(steps, "decoder.db" + step, in, in, out, level);
    }
    UnetSpec.Unit last =
        new UnetSpec.Unit("decoder.fin_out.0", null, spec.width(), spec.head().channels());
    steps.add(new Convolution(last, 1));
    return new UnetTopology(steps);
  }

  /** Adds two convolutions; returns the name of the second. */
  private static String addBlock(
      List<Step> steps, String block, int in, int middle, int out, int level) {
    steps.add(new Convolution(new UnetSpec.Unit(block + ".0", block + ".1", in, middle), level));
    Convolution second =
        new Convolution(new UnetSpec.Unit(block + ".3", block + ".4", middle, out), level);
    steps.add(second);
    return second.name();
  }

  /** Returns the convolutions, in the order in which data meets them. */
  public List<UnetSpec.Unit> units() {
    return steps.stream()
        .filter(Convolution.class::isInstance)
        .map(step -> ((Convolution) step).unit())
        .toList();
  }

  /** Returns the names of the convolutions whose outputs are needed again by a later step. */
  public Set<String> skipSources() {
    Set<String> names = new HashSet<>();
    for (Step step : steps) {
      if (step instanceof SkipAdd add) {
        names.add(add.from());
      }
    }
    return names;
  }
}
