package org.fairspark.network.graph;

import java.util.List;

/**
 * Every vector along the first dimension, a pixel's channels, divided by its length; one shorter
 * than {@value #SHORTEST} by that.
 */
public record UnitLength() implements Operation {
  /** No length that is divided by is smaller. */
  public static final double SHORTEST = 1e-8;

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a scaling to length 1", inputs);
    Shapes.last("a scaling to length 1", in);
    return in;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.unitLength(layer, inputs.get(0));
  }
}
