package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/**
 * A function that makes an anomaly map of an image and its restoration, whose last step is a mean
 * filter.
 */
public interface MapFunction {
  /**
   * Computes the anomaly map before it is smoothed.
   *
   * @param original {@code float[3][H][W]}, RGB in [0,1]
   * @param restored {@code float[3][H][W]}, RGB; may leave [0,1]
   * @return {@code float[1][H][W]}, 0 or more; NaN where the restoration is NaN
   * @throws IllegalArgumentException if the shapes differ or are not colour
   */
  FloatImage unsmoothedMap(FloatImage original, FloatImage restored);

  /** Returns the side of the mean filter over the map, in pixels, odd; 1 smooths nothing. */
  int smoothing();

  /**
   * Computes the anomaly map.
   *
   * @param original {@code float[3][H][W]}, RGB in [0,1]
   * @param restored {@code float[3][H][W]}, RGB; may leave [0,1]
   * @return {@code float[1][H][W]}, 0 or more; NaN in the neighbourhood of a restored NaN
   * @throws IllegalArgumentException if the shapes differ or are not colour
   */
  default FloatImage map(FloatImage original, FloatImage restored) {
    FloatImage map = unsmoothedMap(original, restored);
    if (smoothing() > 1) {
      int height = map.height();
      int width = map.width();
      MeanFilter.apply(map.values(), height, width, smoothing(), Scratch.of(height, width).sum());
    }
    return map;
  }

  /**
   * Smooths a map of any size in place, as {@link #map} does after {@link #unsmoothedMap}.
   *
   * @param map {@code float[1][H][W]}
   * @return the same map
   */
  default FloatImage smooth(FloatImage map) {
    if (smoothing() > 1) {
      // Not this thread's buffers: they have the tiles' size, and would stay as large as this map.
      float[] in = new float[map.values().length];
      MeanFilter.apply(map.values(), map.height(), map.width(), smoothing(), in);
    }
    return map;
  }
}
