package org.fairspark.anomaly;

import java.io.Serializable;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;

/**
 * The anomaly evaluation function (paper section 3.4, equations 8 to 10), which compares an image
 * with its restoration: {@code map = mean((1 - MSGMS) + k (da^2 + db^2))}, with MSGMS the gradient
 * similarity over several scales and a, b the CIELAB chroma. The score is the map's maximum.
 *
 * <p>Where the paper is silent or differs, this follows the reference code:
 *
 * <ol>
 *   <li>MSGMS is taken at full and at half size, with c = 0.0026 for images in [0,1].
 *   <li>Prewitt gradients and the mean filter see zeros outside the image, so that the map is lower
 *       towards the border.
 *   <li>The code converts BGR as if it were RGB; {@link ColorOrder} chooses between its order and
 *       the right one.
 * </ol>
 *
 * <p>Instances are values and may be shared between threads; buffers are kept per thread.
 *
 * @param gradient whether MSGMS takes part
 * @param colorWeight k, 0 leaves colour out; the paper's choice is 3e-4
 * @param order the channels that are red and blue in the colour difference
 * @param scales scales of MSGMS, each half the size of the one before; the paper's choice is 2
 * @param smoothing side of the mean filter in pixels, odd; the paper's choice is 21, 1 smooths
 *     nothing
 */
public record AnomalyFunction(
    boolean gradient, double colorWeight, ColorOrder order, int scales, int smoothing)
    implements MapFunction, Serializable {
  /**
   * @throws IllegalArgumentException if a value is out of range or nothing takes part
   */
  public AnomalyFunction {
    if (!(colorWeight >= 0) || Double.isInfinite(colorWeight)) {
      throw new IllegalArgumentException("color weight must be 0 or more, got " + colorWeight);
    }
    if (order == null) {
      throw new IllegalArgumentException("a color order is needed: RGB or REFERENCE_BGR");
    }
    if (scales < 1 || scales > 16) {
      throw new IllegalArgumentException("scales must be 1 to 16, got " + scales);
    }
    if (smoothing < 1 || smoothing % 2 == 0) {
      throw new IllegalArgumentException("smoothing must be an odd size, got " + smoothing);
    }
    if (!gradient && colorWeight == 0) {
      throw new IllegalArgumentException(
          "an anomaly function needs gradient, color or both: color weight is 0 and gradient off");
    }
  }

  /** Returns the paper's settings: gradient and colour, k = 3e-4, two scales, 21 x 21 mean. */
  public static AnomalyFunction paper() {
    return new AnomalyFunction(true, 3e-4, ColorOrder.RGB, 2, 21);
  }

  /**
   * Computes the anomaly map before it is smoothed.
   *
   * @throws IllegalArgumentException if the shapes differ or are not colour, or if the image is too
   *     small for the scales
   */
  @Override
  public FloatImage unsmoothedMap(FloatImage original, FloatImage restored) {
    requireSameColorShape(original, restored);
    float[] map = new float[original.height() * original.width()];
    if (gradient) {
      GradientSimilarity.addDissimilarity(original, restored, scales, map);
    }
    if (colorWeight > 0) {
      ColorDifference.add(original, restored, order, colorWeight, map);
    }
    return new FloatImage(1, original.height(), original.width(), map);
  }

  /** Returns the image's score: the map's maximum (paper section 3.4); NaN if the map has one. */
  public static float score(FloatImage map) {
    float max = Float.NEGATIVE_INFINITY;
    for (float v : map.values()) {
      max = Math.max(max, v);
    }
    return max;
  }

  static void requireSameColorShape(FloatImage original, FloatImage restored) {
    if (original.channels() != 3
        || restored.channels() != 3
        || original.height() != restored.height()
        || original.width() != restored.width()) {
      throw new IllegalArgumentException(
          "image and restoration must both be [3][H][W], got %s and %s"
              .formatted(shape(original), shape(restored)));
    }
  }

  private static String shape(FloatImage image) {
    return "[%d][%d][%d]".formatted(image.channels(), image.height(), image.width());
  }
}
