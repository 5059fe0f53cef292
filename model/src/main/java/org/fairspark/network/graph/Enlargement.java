package org.fairspark.network.graph;

import java.util.List;

/** A map with twice its height and width. */
public enum Enlargement implements Operation {
  /** Every pixel four times. */
  NEAREST,
  /** Between the pixels, corners on corners, as {@link org.fairspark.network.BilinearUpsample}. */
  BILINEAR;

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.map("an enlargement", inputs);
    return List.of(in.get(0), 2 * in.get(1), 2 * in.get(2));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.enlargement(this, layer, inputs.get(0));
  }
}
