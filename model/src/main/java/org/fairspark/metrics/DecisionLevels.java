package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The levels above which an image, and a pixel of its map, is called anomalous.
 *
 * @param image of image scores
 * @param pixel of the anomaly map's values
 */
public record DecisionLevels(float image, float pixel) implements Serializable {
  /**
   * @throws IllegalArgumentException if a level is not finite
   */
  public DecisionLevels {
    if (!Float.isFinite(image) || !Float.isFinite(pixel)) {
      throw new IllegalArgumentException(
          "levels must be finite, got %s and %s".formatted(image, pixel));
    }
  }
}
