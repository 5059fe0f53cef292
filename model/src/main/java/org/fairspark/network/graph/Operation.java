package org.fairspark.network.graph;

import java.io.Serializable;
import java.util.List;

/**
 * What a layer does. Shapes are those of one sample, without the batch: {@code [channels][height]
 * [width]} of maps, {@code [n]} of vectors, {@code [rows][n]} of sequences, and {@code []} of one
 * number for a whole batch.
 */
public interface Operation extends Serializable {
  /** Numbers that a layer learns or counts, when it starts. */
  enum Start {
    /** Uniform in +-1/sqrt(inputs of an output), PyTorch's default. */
    UNIFORM,
    /** Normal with variance 2/(outputs of an input), Kaiming's rule by fan-out. */
    KAIMING,
    ZEROS,
    ONES
  }

  /**
   * An array that belongs to a layer.
   *
   * @param suffix of its name after that of the layer, such as {@code weight}
   * @param fan inputs of an output, or outputs of an input, as the start needs it; at least 1
   * @param trainable false for a running statistic
   */
  record Weights(String suffix, List<Integer> shape, Start start, int fan, boolean trainable) {}

  /**
   * Returns the shape of the output.
   *
   * @throws IllegalArgumentException if it does not take inputs of these shapes
   */
  List<Integer> shape(List<List<Integer>> inputs);

  /** Returns the arrays of a layer that has such inputs, in the order in which they are kept. */
  default List<Weights> weights(List<List<Integer>> inputs) {
    return List.of();
  }

  /**
   * Applies it.
   *
   * @param layer the layer's name, by which its arrays are found
   */
  <T> T apply(Interpreter<T> on, String layer, List<T> inputs);
}
