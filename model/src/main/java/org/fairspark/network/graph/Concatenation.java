package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/** Several inputs as one, along the first dimension: the channels of maps. */
public record Concatenation() implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> first = inputs.isEmpty() ? List.of() : inputs.get(0);
    int sum = 0;
    for (List<Integer> input : inputs) {
      if (input.isEmpty()
          || !input.subList(1, input.size()).equals(first.subList(1, first.size()))) {
        throw Shapes.refused("a concatenation", "maps of one size", inputs);
      }
      sum += input.get(0);
    }
    if (sum == 0) {
      throw Shapes.refused("a concatenation", "at least one map", inputs);
    }
    List<Integer> shape = new ArrayList<>(first);
    shape.set(0, sum);
    return List.copyOf(shape);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.concatenation(layer, inputs);
  }
}
