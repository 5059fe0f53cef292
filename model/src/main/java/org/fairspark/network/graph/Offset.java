package org.fairspark.network.graph;

import java.util.List;

/**
 * The addition of numbers that belong to the layer, its array {@code offset}: embeddings of
 * positions, say.
 *
 * @param of shape of the array, of as many dimensions as the input: its lengths, or 1 where a
 *     number is added along a whole dimension
 * @param learnt whether training changes the numbers; otherwise they are zero until somebody sets
 *     them
 */
public record Offset(List<Integer> of, boolean learnt) implements Operation {
  public Offset {
    of = List.copyOf(of);
  }

  @Override
  public List<Integer> shape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.one("an offset", inputs);
    Shapes.last("an offset", in);
    if (!Arithmetic.fits(in, of)) {
      throw Shapes.refused(toString(), "an input that its array fits", inputs);
    }
    return in;
  }

  @Override
  public List<Weights> weights(List<List<Integer>> inputs) {
    Start start = learnt ? Start.UNIFORM : Start.ZEROS;
    return List.of(new Weights("offset", of, start, Shapes.last("an offset", of), learnt));
  }

  @Override
  public <T> T apply(Interpreter<T> on, String layer, List<T> inputs) {
    return on.offset(layer, inputs.get(0));
  }
}
