package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution that doubles a map's height and width: each pixel becomes a square of 2
 * x 2, by a kernel of 2 and a stride of 2. Weights {@code [in][out][2][2]}, as PyTorch has them.
 *
 * @param out channels of the output
 * @param bias whether a number is added to each channel
 */
public record TransposedConvolution(int out, boolean bias) implements Operation {
  /** Side of the kernel, and stride. */
  public static final int KERNEL = 2;

  /**
   * @throws IllegalArgumentException if there is no channel
   */
  public TransposedConvolution {
    if (out < 1) {
      throw new IllegalArgumentException("transposed convolution to %d channels".formatted(out));
    }
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.map("a transposed convolution", inputs);
    return List.of(out, KERNEL * in.get(1), KERNEL * in.get(2));
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    int in = inputs.get(0).get(0);
    // As PyTorch counts a transposed convolution's inputs: by its second dimension.
    int fan = KERNEL * KERNEL * out;
    List<Weights> weights = new ArrayList<>();
    weights.add(new Weights("weight", List.of(in, out, KERNEL, KERNEL), Start.UNIFORM, fan, true));
    if (bias) {
      weights.add(new Weights("bias", List.of(out), Start.UNIFORM, fan, true));
    }
    return weights;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.transposedConvolution(this, layer, inputs.get(0));
  }
}
