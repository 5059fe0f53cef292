package org.fairspark.network.graph;

import java.util.List;

/**
 * The same numbers, in the same order, in another shape.
 *
 * @param to the shape
 */
public record Reshape(List<Integer> to) implements Operation {
  public Reshape {
    to = List.copyOf(to);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a reshaping", inputs);
    if (in.isEmpty() || Shapes.values(in) != Shapes.values(to)) {
      throw Shapes.refused(toString(), "as many numbers as it gives", inputs);
    }
    return to;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.reshape(this, layer, inputs.get(0));
  }
}
