package org.fairspark.network.graph;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The dimensions in another order.
 *
 * @param order for each of the output's dimensions that of the input, from 0
 */
public record Permutation(List<Integer> order) implements Operation {
  public Permutation {
    order = List.copyOf(order);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("a permutation", inputs);
    if (!order.stream().sorted().toList().equals(IntStream.range(0, in.size()).boxed().toList())) {
      throw Shapes.refused(toString(), "as many dimensions", inputs);
    }
    return order.stream().map(in::get).toList();
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.permutation(this, layer, inputs.get(0));
  }
}
