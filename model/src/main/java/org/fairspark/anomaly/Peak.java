package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/**
 * The highest pixel of a map.
 *
 * @param row from the top, 0-based, in the map's pixels
 * @param column from the left, 0-based
 * @param value of the map at this pixel, which is the image's score
 */
public record Peak(int row, int column, float value) {
  /**
   * Finds the peak of a map; of equal ones the first, row by row. A NaN counts as highest, so that
   * it is not overlooked.
   *
   * @param map {@code float[1][H][W]}
   */
  public static Peak of(FloatImage map) {
    float[] values = map.values();
    int plane = map.height() * map.width();
    int best = 0;
    for (int p = 1; p < plane; p++) {
      if (Float.compare(values[p], values[best]) > 0) {
        best = p;
      }
    }
    return new Peak(best / map.width(), best % map.width(), values[best]);
  }
}
