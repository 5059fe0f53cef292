package org.fairspark.network.graph;

import java.util.List;

/**
 * Some rows of a matrix, in any order and as often as wanted. The first input is the matrix, {@code
 * [rows][n]}, the second the rows' numbers from 0, {@code [wanted]}, whole numbers as float32; the
 * output is {@code [wanted][n]}. No gradient goes to the numbers.
 */
public record Gather() implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    if (inputs.size() != 2 || inputs.get(0).size() != 2 || inputs.get(1).size() != 1) {
      throw Shapes.refused("a gathering", "a matrix and the numbers of its rows", inputs);
    }
    return List.of(inputs.get(1).get(0), inputs.get(0).get(1));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.gather(layer, inputs.get(0), inputs.get(1));
  }
}
