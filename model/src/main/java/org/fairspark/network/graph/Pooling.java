package org.fairspark.network.graph;

import java.util.List;

/**
 * The maxima or means of a map's squares.
 *
 * @param kind which
 * @param kernel side of a square, in pixels
 * @param stride pixels from one to the next
 * @param padding pixels around the map that squares may reach over: no maximum, and zero in a mean
 */
public record Pooling(Kind kind, int kernel, int stride, int padding) implements Operation {
  /** What is made of a square. */
  public enum Kind {
    MAX,
    MEAN
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Pooling {
    if (kernel < 1 || stride < 1 || padding < 0 || 2 * padding > kernel) {
      throw new IllegalArgumentException(
          "pooling with kernel %d, stride %d, padding %d".formatted(kernel, stride, padding));
    }
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.map("a pooling", inputs);
    int height = (in.get(1) + 2 * padding - kernel) / stride + 1;
    int width = (in.get(2) + 2 * padding - kernel) / stride + 1;
    if (height < 1 || width < 1) {
      throw Shapes.refused(toString(), "a map as large as its squares", inputs);
    }
    return List.of(in.get(0), height, width);
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.pooling(this, layer, inputs.get(0));
  }
}
