package org.fairspark.network.graph;

import java.util.List;

/**
 * The normalization of every channel of a map by the batch's mean and variance, in training, or by
 * the running ones, which move by a tenth of the way to each batch's; then a scale and a shift.
 */
public record BatchNormalization() implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return Shapes.map("batch normalization", inputs);
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    List<Integer> channels = List.of(inputs.get(0).get(0));
    return List.of(
        new Weights("weight", channels, Start.ONES, 1, true),
        new Weights("bias", channels, Start.ZEROS, 1, true),
        new Weights("running_mean", channels, Start.ZEROS, 1, false),
        new Weights("running_var", channels, Start.ONES, 1, false));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.batchNormalization(layer, inputs.get(0));
  }
}
