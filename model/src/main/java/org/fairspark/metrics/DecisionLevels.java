package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The levels above which an image, and a pixel of its map, is called anomalous.
 *
 * @param image of image scores
 * @param pixel of the anomaly map's values
 * @param lowPixel of the values of pixels in a region that somewhere exceeds {@code pixel}; the
 *     same where none are taken along
 */
public record DecisionLevels(float image, float pixel, float lowPixel) implements Serializable {
  /**
   * @throws IllegalArgumentException if a level is not finite, or the low one is the higher
   */
  public DecisionLevels {
    if (!Float.isFinite(image) || !Float.isFinite(pixel) || !(lowPixel <= pixel)) {
      throw new IllegalArgumentException(
          "levels must be finite and the low one lower, got %s, %s and %s"
              .formatted(image, pixel, lowPixel));
    }
  }

  /** Makes levels with one for all pixels. */
  public DecisionLevels(float image, float pixel) {
    this(image, pixel, pixel);
  }
}
