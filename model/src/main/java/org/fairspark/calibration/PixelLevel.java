package org.fairspark.calibration;

import java.util.Arrays;

/** Levels that only a small share of a map's pixels exceed. */
public final class PixelLevel {
  private PixelLevel() {}

  /**
   * The smallest value of the map that at most a share of its pixels exceed.
   *
   * @param map an anomaly map's values
   * @param share of the pixels, 0 up to but not 1; 0 gives the map's maximum
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
