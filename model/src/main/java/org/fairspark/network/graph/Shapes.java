package org.fairspark.network.graph;

import java.util.List;

/** Checks of the shapes that layers are given. */
final class Shapes {
  private Shapes() {}

  /** Returns the only input's shape. */
  static List<Integer> one(String operation, List<List<Integer>> inputs) {
    if (inputs.size() != 1) {
      throw refused(operation, "one input", inputs);
    }
    return inputs.get(0);
  }

  /** Returns the only input's shape, that of a map. */
  static List<Integer> map(String operation, List<List<Integer>> inputs) {
    return ofRank(operation, inputs, 3, "one map of channels, height and width");
  }

  /** Returns the only input's shape, which has so many dimensions. */
  static List<Integer> ofRank(
      String operation, List<List<Integer>> inputs, int rank, String wanted) {
    if (inputs.size() != 1 || inputs.get(0).size() != rank) {
      throw refused(operation, wanted, inputs);
    }
    return inputs.get(0);
  }

  static IllegalArgumentException refused(
      String operation, String wanted, List<List<Integer>> inputs) {
    return new IllegalArgumentException(
        "%s takes %s, got inputs of the shapes %s".formatted(operation, wanted, inputs));
  }

  static int values(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** Returns the last dimension; that of a number for a whole batch is refused. */
  static int last(String operation, List<Integer> shape) {
    if (shape.isEmpty()) {
      throw refused(operation, "a vector, a sequence or a map", List.of(shape));
    }
    return shape.get(shape.size() - 1);
  }
}
