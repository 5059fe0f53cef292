package org.fairspark.network.graph;

import java.util.List;

/**
 * Two inputs, number by number. Either they have one shape, or the second has length 1 where the
 * first has more, and is taken for each.
 */
public enum Arithmetic implements Operation {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE;

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    if (inputs.size() != 2 || !fits(inputs.get(0), inputs.get(1))) {
      throw Shapes.refused(name(), "two inputs of one shape", inputs);
    }
    return inputs.get(0);
  }

  static boolean fits(List<Integer> first, List<Integer> second) {
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!second.get(i).equals(first.get(i)) && second.get(i) != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.arithmetic(this, layer, inputs.get(0), inputs.get(1));
  }
}
