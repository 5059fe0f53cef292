package org.fairspark.network.graph;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The first dimension in another order: a map's channels.
 *
 * @param order for each of the output's channels that of the input, from 0
 */
public record ChannelOrder(List<Integer> order) implements Operation {
  public ChannelOrder {
    order = List.copyOf(order);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("an order of channels", inputs);
    Shapes.last("an order of channels", in);
    if (!order.stream().sorted().toList().equals(IntStream.range(0, in.get(0)).boxed().toList())) {
      throw Shapes.refused(toString(), "as many channels", inputs);
    }
    return in;
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.channelOrder(this, layer, inputs.get(0));
  }
}
