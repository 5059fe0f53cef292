package org.fairspark.network.graph;

import java.util.List;

/**
 * What another layer does, with that layer's arrays: one network that sees several things.
 *
 * @param owner name of the layer whose arrays they are
 * @param operation the owner's
 */
public record Shared(String owner, Operation operation) implements Operation {
  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return operation.shape(inputs);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    on.share(layer, owner);
    return operation.apply(on, layer, inputs);
  }
}
