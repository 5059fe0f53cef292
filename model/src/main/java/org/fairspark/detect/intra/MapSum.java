package org.fairspark.detect.intra;

import java.io.Serializable;

/**
 * A sum of maps that is the same in whatever order they are added: whole multiples of {@code
 * 2^-40}.
 *
 * @param count of maps
 * @param values of every pixel
 */
public record MapSum(long count, long[] values) implements Serializable {
  private static final double ONE = 1L << 40;

  /** Returns the sum of no map. */
  public static MapSum of(int pixels) {
    return new MapSum(0, new long[pixels]);
  }

  /**
   * Returns this sum and a map; this one's array is used on.
   *
   * @param map values in [0,1]
   */
  public MapSum plus(float[] map) {
    for (int p = 0; p < values.length; p++) {
      values[p] += Math.round(map[p] * ONE);
    }
    return new MapSum(count + 1, values);
  }

  /** Returns this sum and another; this one's array is used on. */
  public MapSum plus(MapSum other) {
    for (int p = 0; p < values.length; p++) {
      values[p] += other.values[p];
    }
    return new MapSum(count + other.count, values);
  }

  /** Returns the mean of all maps. */
  float[] mean() {
    float[] mean = new float[values.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = (float) (values[p] / ONE / count);
    }
    return mean;
  }
}
