package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A square convolution of a map, weights {@code [out][in / groups][kernel][kernel]}.
 *
 * @param out channels of the output
 * @param kernel side in pixels
 * @param stride pixels from one place to the next
 * @param padding zeros around the map
 * @param groups that the channels are divided into
 * @param bias whether a number is added to each channel
 * @param start of the weights
 */
public record Convolution(
    int out, int kernel, int stride, int padding, int groups, boolean bias, Start start)
    implements Operation {

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Convolution {
    if (out < 1 || kernel < 1 || stride < 1 || padding < 0 || groups < 1 || out % groups != 0) {
      throw new IllegalArgumentException(
          "convolution to %d channels, kernel %d, stride %d, padding %d, %d groups"
              .formatted(out, kernel, stride, padding, groups));
    }
  }

  /** Returns a convolution that keeps a map's size, for an odd kernel; with a bias. */
  public static Convolution of(int out, int kernel) {
    return new Convolution(out, kernel, 1, kernel / 2, 1, true, Start.UNIFORM);
  }

  /** Returns it with another stride. */
  public Convolution striding(int other) {
    return new Convolution(out, kernel, other, padding, groups, bias, start);
  }

  /** Returns it with other padding. */
  public Convolution padded(int other) {
    return new Convolution(out, kernel, stride, other, groups, bias, start);
  }

  /** Returns it with its channels in groups. */
  public Convolution grouped(int other) {
    return new Convolution(out, kernel, stride, padding, other, bias, start);
  }

  /** Returns it without a bias. */
  public Convolution withoutBias() {
    return new Convolution(out, kernel, stride, padding, groups, false, start);
  }

  /** Returns it with another start of the weights. */
  public Convolution starting(Start other) {
    return new Convolution(out, kernel, stride, padding, groups, bias, other);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.map("a convolution", inputs);
    int height = (in.get(1) + 2 * padding - kernel) / stride + 1;
    int width = (in.get(2) + 2 * padding - kernel) / stride + 1;
    if (in.get(0) % groups != 0 || height < 1 || width < 1) {
      throw Shapes.refused(toString(), "a large enough map with channels for its groups", inputs);
    }
    return List.of(out, height, width);
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    int in = inputs.get(0).get(0) / groups;
    int fan = kernel * kernel * (start == Start.KAIMING ? out : in);
    List<Weights> weights = new ArrayList<>();
    weights.add(new Weights("weight", List.of(out, in, kernel, kernel), start, fan, true));
    if (bias) {
      weights.add(new Weights("bias", List.of(out), Start.UNIFORM, kernel * kernel * in, true));
    }
    return weights;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.convolution(this, layer, inputs.get(0));
  }
}
