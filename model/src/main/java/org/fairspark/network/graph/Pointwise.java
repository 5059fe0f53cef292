package org.fairspark.network.graph;

import java.util.List;

/** A function of every number by itself. */
public enum Pointwise implements Operation {
  RELU,
  /** {@code x (1 + erf(x / sqrt 2)) / 2}. */
  GELU,
  SIGMOID,
  TANH,
  ARCTAN,
  /** {@code log(1 + exp x)}. */
  SOFTPLUS,
  EXP,
  LOG,
  SQUARE,
  SQUARE_ROOT,
  ABSOLUTE;

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return Shapes.one("a function of numbers", inputs);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.pointwise(this, layer, inputs.get(0));
  }
}
