package org.fairspark.network.graph;

import java.util.List;

/**
 * The softmax of every vector, the last dimension.
 *
 * @param logarithm whether its logarithm is given
 */
public record Softmax(boolean logarithm) implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a softmax", inputs);
    Shapes.last("a softmax", in);
    return in;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.softmax(this, layer, inputs.get(0));
  }
}
