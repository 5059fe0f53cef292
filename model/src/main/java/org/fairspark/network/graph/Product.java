package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The product of two matrices, the last two dimensions; dimensions before them are equal.
 *
 * @param rank dimensions of a sample, at least 2
 * @param transposed whether the second matrix is turned first: {@code a b^T}
 */
public record Product(int rank, boolean transposed) implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    if (rank < 2
        || inputs.size() != 2
        || inputs.get(0).size() != rank
        || inputs.get(1).size() != rank) {
      throw Shapes.refused(toString(), "two matrices", inputs);
    }
    List<Integer> a = inputs.get(0);
    List<Integer> b = inputs.get(1);
    int n = rank;
    Integer inner = b.get(transposed ? n - 1 : n - 2);
    if (!a.subList(0, n - 2).equals(b.subList(0, n - 2)) || !a.get(n - 1).equals(inner)) {
      throw Shapes.refused(toString(), "matrices that fit", inputs);
    }
    List<Integer> shape = new ArrayList<>(a);
    shape.set(n - 1, b.get(transposed ? n - 2 : n - 1));
    return List.copyOf(shape);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.product(this, layer, inputs.get(0), inputs.get(1));
  }
}
