package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear map of every vector, the last dimension, weights {@code [out][in]}.
 *
 * @param out numbers of the output
 * @param bias whether a number is added to each
 * @param learnt whether training changes it; otherwise its numbers are zeros until they are set
 */
public record Linear(int out, boolean bias, boolean learnt) implements Operation {
  /**
   * @throws IllegalArgumentException if there is no output
   */
  public Linear {
    if (out < 1) {
      throw new IllegalArgumentException("a linear layer of %d outputs".formatted(out));
    }
  }

  /** Returns one with a bias. */
  public static Linear of(int out) {
    return new Linear(out, true, true);
  }

  /** Returns one with a bias whose numbers are not learnt, but set when the network is trained. */
  public static Linear fitted(int out) {
    return new Linear(out, true, false);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a linear layer", inputs);
    Shapes.last("a linear layer", in);
    List<Integer> shape = new ArrayList<>(in);
    shape.set(shape.size() - 1, out);
    return List.copyOf(shape);
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    int in = Shapes.last("a linear layer", inputs.get(0));
    List<Weights> weights = new ArrayList<>();
    Start start = learnt ? Start.UNIFORM : Start.ZEROS;
    weights.add(new Weights("weight", List.of(out, in), start, in, learnt));
    if (bias) {
      weights.add(new Weights("bias", List.of(out), start, in, learnt));
    }
    return weights;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.linear(this, layer, inputs.get(0));
  }
}
