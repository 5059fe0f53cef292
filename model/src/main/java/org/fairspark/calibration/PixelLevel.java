package org.fairspark.calibration;

import java.util.Arrays;

/** The level that only a small fraction of a map's pixels exceeds. */
public final class PixelLevel {
  private PixelLevel() {}

  /**
   * Returns the smallest value of the map that at most a fraction of its pixels exceeds.
   *
   * @param map an anomaly map's values
   * @param share the fraction of the pixels, in [0, 1); 0 gives the map's maximum
   */
  public static float of(float[] map, double share) {
    if (map.length == 0 || !(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "a level takes pixels and a share in [0, 1), got %d and %s".formatted(map.length, share));
    }
    float[] sorted = map.clone();
    Arrays.sort(sorted);
    return sorted[map.length - 1 - (int) Math.floor(map.length * share)];
  }
}
