package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/** From an image and its restoration to a map of how anomalous each place is. */
public interface MapFunction {
  /**
   * The anomaly map.
   *
   * @param original {@code float[3][H][W]}, RGB in [0,1]
   * @param restored {@code float[3][H][W]}, RGB; may leave [0,1]
   * @return {@code float[1][H][W]}, 0 or more
   */
  FloatImage map(FloatImage original, FloatImage restored);
}
