package org.fairspark.network.graph;

import java.util.List;

/** A multiple of every number, and a constant added: {@code factor x + shift}. */
public record Affine(double factor, double shift) implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return Shapes.one("an affine function", inputs);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.affine(this, layer, inputs.get(0));
  }
}
