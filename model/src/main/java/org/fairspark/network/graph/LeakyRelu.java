package org.fairspark.network.graph;

import java.util.List;

/**
 * A ReLU that lets a share of negative numbers through.
 *
 * @param slope the share, in [0,1)
 */
public record LeakyRelu(double slope) implements Operation {
  /**
   * @throws IllegalArgumentException if the slope is out of range
   */
  public LeakyRelu {
    if (!(slope >= 0 && slope < 1)) {
      throw new IllegalArgumentException("the slope must be in [0,1), got " + slope);
    }
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return Shapes.one("a leaky ReLU", inputs);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.leakyRelu(this, layer, inputs.get(0));
  }
}
