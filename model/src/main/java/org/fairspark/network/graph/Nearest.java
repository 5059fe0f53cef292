package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The Euclidean distance of a vector from the nearest of some others, which are not learnt, but set
 * when the network is trained.
 *
 * @param count how many there are
 */
public record Nearest(int count) implements Operation {
  /** The others' name after that of the layer, {@code [count][n]}. */
  public static final String VECTORS = "vectors";

  /**
   * @throws IllegalArgumentException if there is none
   */
  public Nearest {
    if (count < 1) {
      throw new IllegalArgumentException("the nearest of %d vectors".formatted(count));
    }
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    Shapes.ofRank("the nearest vector", inputs, 1, "a vector");
    return List.of(1);
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    List<Integer> shape = new ArrayList<>(List.of(count));
    shape.addAll(inputs.get(0));
    return List.of(new Weights(VECTORS, List.copyOf(shape), Start.ZEROS, 1, false));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.nearest(layer, inputs.get(0));
  }
}
