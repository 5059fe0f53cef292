package org.fairspark.network.graph;

import java.util.List;

/**
 * A learnt vector for each of several things, weights {@code [things][size]}: from the things'
 * numbers from 0, {@code [wanted]}, whole numbers as float32, to {@code [wanted][size]}.
 *
 * @param things that there are
 * @param size of a vector
 */
public record Embedding(int things, int size) implements Operation {
  /**
   * @throws IllegalArgumentException if there is nothing, or a vector has no number
   */
  public Embedding {
    if (things < 1 || size < 1) {
      throw new IllegalArgumentException(
          "an embedding of %d things in %d numbers".formatted(things, size));
    }
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return List.of(Shapes.ofRank("an embedding", inputs, 1, "the numbers of things").get(0), size);
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    return List.of(new Weights("weight", List.of(things, size), Start.KAIMING, size, true));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.embedding(this, layer, inputs.get(0));
  }
}
