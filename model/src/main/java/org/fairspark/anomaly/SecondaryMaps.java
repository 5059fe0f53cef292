package org.fairspark.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * Maps of a restoration beside the anomaly map, which see other defects: structure at coarser
 * scales sees wide ones, and the difference of the colours those that change brightness and little
 * else, to which the paper's function is blind on purpose. They have the anomaly map's mean filter.
 */
public final class SecondaryMaps {
  /** Scales that the coarse map has more. */
  private static final int MORE_SCALES = 2;

  private SecondaryMaps() {}

  /**
   * Computes the maps.
   *
   * @param original {@code float[3][H][W]}, RGB in [0,1]
   * @param restored {@code float[3][H][W]}, RGB; may leave [0,1]
   * @param function that makes the anomaly map
   * @return {@code float[1][H][W]} each: of a function with gradients the same with two scales more
   *     (fewer where the image is too small), and the root of the mean squared difference, over the
   *     channels and the mean filter
   */
  public static List<FloatImage> of(
      FloatImage original, FloatImage restored, AnomalyFunction function) {
    List<FloatImage> maps = new ArrayList<>();
    if (function.gradient()) {
      maps.add(coarse(function, original.height(), original.width()).map(original, restored));
    }
    maps.add(root(function.smooth(squaredDifference(original, restored))));
    return maps;
  }

  private static AnomalyFunction coarse(AnomalyFunction function, int height, int width) {
    int scales = Math.max(function.scales(), GradientSimilarity.mostScales(height, width));
    return new AnomalyFunction(
        true,
        function.colorWeight(),
        function.order(),
        Math.min(function.scales() + MORE_SCALES, scales),
        function.smoothing());
  }

  private static FloatImage squaredDifference(FloatImage original, FloatImage restored) {
    AnomalyFunction.requireSameColorShape(original, restored);
    float[] a = original.values();
    float[] b = restored.values();
    float[] map = new float[original.height() * original.width()];
    for (int p = 0; p < map.length; p++) {
      float sum = 0;
      for (int i = p; i < a.length; i += map.length) {
        float difference = a[i] - b[i];
        sum += difference * difference;
      }
      map[p] = sum / original.channels();
    }
    return new FloatImage(1, original.height(), original.width(), map);
  }

  private static FloatImage root(FloatImage map) {
    float[] values = map.values();
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) Math.sqrt(values[p]);
    }
    return map;
  }
}
