package org.fairspark.job.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;

/**
 * A network's state cut into slices of at most so many numbers, each of one vector: parameters,
 * first or second moment.
 */
final class StateSlices implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NetworkSpec shape;
  private final List<Slice> slices = new ArrayList<>();

  /** Numbers {@code from} to {@code to} of a vector: 0 parameters, 1 first, 2 second moment. */
  private record Slice(int vector, int from, int to) implements Serializable {}

  StateSlices(NetworkSpec shape, int numbers) {
    this.shape = shape;
    int[] lengths = {shape.stateLength(), shape.parameterCount(), shape.parameterCount()};
    for (int vector = 0; vector < lengths.length; vector++) {
      for (int from = 0; from < lengths[vector]; from += numbers) {
        slices.add(new Slice(vector, from, Math.min(lengths[vector], from + numbers)));
      }
    }
  }

  int count() {
    return slices.size();
  }

  /** Returns a copy of a slice of a state. */
  float[] cut(NetworkWeights state, int number) {
    Slice slice = slices.get(number);
    return Arrays.copyOfRange(vectors(state)[slice.vector], slice.from, slice.to);
  }

  /**
   * Returns the state of these slices.
   *
   * @param parts one a slice, in their order
   */
  NetworkWeights join(List<float[]> parts, long iteration) {
    NetworkWeights state =
        new NetworkWeights(
            shape,
            new float[shape.stateLength()],
            new float[shape.parameterCount()],
            new float[shape.parameterCount()],
            iteration);
    for (int number = 0; number < parts.size(); number++) {
      Slice slice = slices.get(number);
      System.arraycopy(
          parts.get(number), 0, vectors(state)[slice.vector], slice.from, slice.to - slice.from);
    }
    return state;
  }

  private static float[][] vectors(NetworkWeights state) {
    return new float[][] {state.parameters(), state.firstMoment(), state.secondMoment()};
  }
}
