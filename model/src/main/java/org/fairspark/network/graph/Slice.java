package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A part along the first dimension: some channels of a map.
 *
 * @param from the first, from 0
 * @param to the one after the last
 */
public record Slice(int from, int to) implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a slice", inputs);
    if (in.isEmpty() || from < 0 || from >= to || to > in.get(0)) {
      throw Shapes.refused(toString(), "a map with these channels", inputs);
    }
    List<Integer> shape = new ArrayList<>(in);
    shape.set(0, to - from);
    return List.copyOf(shape);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.slice(this, layer, inputs.get(0));
  }
}
