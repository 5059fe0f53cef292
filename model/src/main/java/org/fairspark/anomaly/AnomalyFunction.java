package org.fairspark.anomaly;

import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;

/**
 * The anomaly evaluation function (paper section 3.4, equations 7 to 11): from an image and its
 * restoration to a map of how much each place differs, and a score.
 *
 * <p>The map is the gradient dissimilarity {@code 1 - MSGMS} plus k times the squared CIELAB
 * difference in a and b, smoothed by a mean filter whose zero padding lowers the map towards the
 * border (reference code). Instances are values and may be shared between threads; buffers are kept
 * per thread.
 *
 * @param gradient whether MSGMS takes part
 * @param colorWeight k, 0 leaves colour out; the paper's choice is 3e-4
 * @param order which channels are red and blue in the colour difference
 * @param scales scales of MSGMS, each half the size of the one before; the paper's choice is 2
 * @param smoothing side of the mean filter in pixels, odd; the paper's choice is 21, 1 smooths
 *     nothing
 */
public record AnomalyFunction(
    boolean gradient, double colorWeight, ColorOrder order, int scales, int smoothing)
    implements MapFunction, java.io.Serializable {
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

  /** The paper's settings: gradient and colour, k = 3e-4, two scales, 21 x 21 mean. */
  public static AnomalyFunction paper() {
    return new AnomalyFunction(true, 3e-4, ColorOrder.RGB, 2, 21);
  }

  /**
   * Computes the anomaly map before it is smoothed.
   *
   * @throws IllegalArgumentException also if the image is too small for the scales
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

  /** The image's score: the map's maximum (paper section 3.4); NaN if the map holds one. */
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
