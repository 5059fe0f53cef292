package org.fairspark.metrics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An anomaly map and which of its pixels count.
 *
 * @param values {@code float[H][W]}; not copied
 * @param width W
 * @param inside {@code boolean[H][W]}, whether a pixel is inspected; null for all. Others count in
 *     no metric of pixels, and what a mask shows of them is no defect
 */
public record InspectedMap(float[] values, int width, boolean[] inside) implements Serializable {
  /**
   * @throws IllegalArgumentException if sizes do not fit
   */
  public InspectedMap {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          "a map of width %d cannot have %d values".formatted(width, values.length));
    }
    if (inside != null && inside.length != values.length) {
      throw new IllegalArgumentException(
          "%d pixels are inspected or not, of %d".formatted(inside.length, values.length));
    }
  }

  /** Returns a map of which all pixels count. */
  public static InspectedMap whole(float[] values, int width) {
    return new InspectedMap(values, width, null);
  }

  boolean counts(int pixel) {
    return inside == null || inside[pixel];
  }

  /** Returns the values that count, in order. */
  float[] counted() {
    if (inside == null) {
      return values;
    }
    float[] counted = new float[values.length];
    int count = 0;
    for (int p = 0; p < values.length; p++) {
      if (inside[p]) {
        counted[count++] = values[p];
      }
    }
    return Arrays.copyOf(counted, count);
  }

  /** Returns what a mask shows of the pixels that count. */
  byte[] inside(byte[] mask) {
    if (inside == null) {
      return mask;
    }
    byte[] shown = mask.clone();
    for (int p = 0; p < shown.length; p++) {
      shown[p] = inside[p] ? shown[p] : 0;
    }
    return shown;
  }
}
