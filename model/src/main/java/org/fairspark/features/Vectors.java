package org.fairspark.features;

import java.io.Serializable;
import java.util.List;

/**
 * Vectors of one dimension.
 *
 * @param count how many, at least 1
 * @param dimension numbers in each, at least 1
 * @param values {@code float[count][dimension]}; not copied
 */
public record Vectors(int count, int dimension, float[] values) implements Serializable {

  /**
   * @throws IllegalArgumentException if the array's length does not fit
   */
  public Vectors {
    if (count < 1 || dimension < 1 || values.length != (long) count * dimension) {
      throw new IllegalArgumentException(
          "%d vectors of %d numbers do not fit into %d values"
              .formatted(count, dimension, values.length));
    }
  }

  /**
   * Returns the vectors with some of their numbers only.
   *
   * @param kept indexes of the numbers to keep, in their new order
   */
  public Vectors project(int[] kept) {
    float[] projected = new float[Math.multiplyExact(count, kept.length)];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < kept.length; k++) {
        projected[i * kept.length + k] = values[i * dimension + kept[k]];
      }
    }
    return new Vectors(count, kept.length, projected);
  }

  /** Returns some of the vectors, in the given order. */
  public Vectors select(int[] indexes) {
    float[] selected = new float[Math.multiplyExact(indexes.length, dimension)];
    for (int i = 0; i < indexes.length; i++) {
      System.arraycopy(values, indexes[i] * dimension, selected, i * dimension, dimension);
    }
    return new Vectors(indexes.length, dimension, selected);
  }

  /**
   * Returns the vectors of all parts, one part after the other.
   *
   * @throws IllegalArgumentException if there is no part, the dimensions differ, or an array cannot
   *     hold them
   */
  public static Vectors concatenate(List<Vectors> parts) {
    int dimension = parts.isEmpty() ? 0 : parts.get(0).dimension();
    long length = parts.stream().mapToLong(p -> p.values().length).sum();
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%,d numbers do not fit into one array: keep a smaller share".formatted(length));
    }
    float[] all = new float[(int) length];
    int at = 0;
    for (Vectors part : parts) {
      if (part.dimension() != dimension) {
        throw new IllegalArgumentException(
            "vectors of %d and of %d numbers".formatted(dimension, part.dimension()));
      }
      System.arraycopy(part.values(), 0, all, at, part.values().length);
      at += part.values().length;
    }
    return new Vectors(dimension == 0 ? 0 : all.length / dimension, dimension, all);
  }
}
