package org.fairspark.network.graph;

import java.util.List;

/** The normalization of every vector, the last dimension; then a scale and a shift. */
public record LayerNormalization() implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("layer normalization", inputs);
    Shapes.last("layer normalization", in);
    return in;
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    List<Integer> length = List.of(Shapes.last("layer normalization", inputs.get(0)));
    return List.of(
        new Weights("weight", length, Start.ONES, 1, true),
        new Weights("bias", length, Start.ZEROS, 1, true));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.layerNormalization(layer, inputs.get(0));
  }
}
