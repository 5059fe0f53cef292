package org.fairspark.network.graph;

import java.util.List;
import java.util.stream.Stream;

/** Fewer numbers from many. */
public enum Reduction implements Operation {
  /** The sum over the first dimension, whose length is then 1: over a map's channels. */
  SUM_OF_CHANNELS,
  /** The mean of every channel of a map: from {@code [C][H][W]} to {@code [C]}. */
  GLOBAL_MEAN,
  /** The mean over everything and over the batch: one number. */
  MEAN;

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    return switch (this) {
      case SUM_OF_CHANNELS -> {
        List<Integer> in = Shapes.one("a sum over channels", inputs);
        Shapes.last("a sum over channels", in);
        yield Stream.concat(Stream.of(1), in.subList(1, in.size()).stream()).toList();
      }
      case GLOBAL_MEAN -> List.of(Shapes.map("a mean of channels", inputs).get(0));
      case MEAN -> {
        Shapes.last("a mean", Shapes.one("a mean", inputs));
        yield List.of();
      }
    };
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.reduction(this, layer, inputs.get(0));
  }
}
