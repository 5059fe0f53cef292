package org.fairspark.network.graph;

import java.io.Serializable;
import java.util.List;

/**
 * An input of a graph, or a target that only its loss sees.
 *
 * @param name unique in the graph
 * @param shape of one sample
 */
public record Port(String name, List<Integer> shape) implements Serializable {
  /**
   * @throws IllegalArgumentException if a length is below 1
   */
  public Port {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("%s cannot be of shape %s".formatted(name, shape));
    }
  }

  /** Returns the number of values of one sample. */
  public int values() {
    return Shapes.values(shape);
  }
}
