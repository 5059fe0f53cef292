package org.fairspark.network.graph;

import java.io.Serializable;
import java.util.List;

/**
 * A layer of a graph.
 *
 * @param name unique in the graph
 * @param operation what it does
 * @param from names of layers, inputs or targets before it
 */
public record Layer(String name, Operation operation, List<String> from) implements Serializable {
  public Layer {
    from = List.copyOf(from);
  }
}
