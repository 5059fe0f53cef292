package org.fairspark.network;

/**
 * Mean squared error plus one minus the structural similarity (paper equations 8 to 10), with its
 * gradient, as the reference code computes it: an 11x11 Gaussian window of deviation 1.5, each
 * channel for itself, zero padding without correction at the border, and a dynamic range that
 * depends on the whole batch of restorations.
 *
 * <p>In double precision: variances are small differences of large numbers.
 */
public final class RestorationLoss {
  static final int WINDOW = 11;
  private static final double SIGMA = 1.5;

  private RestorationLoss() {}

  /** Returns one row of the window; the window is its outer product with itself. */
  public static float[] kernel() {
    float[] kernel = new float[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      int distance = i - WINDOW / 2;
      kernel[i] = (float) Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += kernel[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  /**
   * Returns the reference's rule for the range L in c1 = (0.01 L)^2 and c2 = (0.03 L)^2: 1 unless a
   * value of the restorations lies below -0.5 (one more) or above 128 (255).
   */
  public static double dynamicRange(float[] restored) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float v : restored) {
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    return (max > 128 ? 255 : 1) - (min < -0.5f ? -1 : 0);
  }

  /**
   * Returns the loss of a batch and its derivative by every restored value.
   *
   * @param restored {@code float[n][height][width][channels]}
   * @param target likewise
   * @param gradient receives the derivatives; null: not wanted
   * @param threads how many may work; the result does not depend on it
   */
  public static Loss compute(
      float[] restored,
      float[] target,
      int height,
      int width,
      int channels,
      float[] gradient,
      int threads) {
    int plane = height * width;
    int planes = restored.length / plane;
    double range = dynamicRange(restored);
    double[] squares = new double[planes];
    double[] similarities = new double[planes];
    Parallel.run(
        planes,
        threads,
        () -> new LossPlane(height, width, channels, range, 1.0 / restored.length),
        (work, p) -> {
          int start = p / channels * channels * plane + p % channels;
          squares[p] = work.load(restored, target, start);
          similarities[p] = work.similarity();
          if (gradient != null) {
            work.gradient(gradient, start);
          }
        });
    double square = 0;
    double similarity = 0;
    for (int p = 0; p < planes; p++) {
      square += squares[p];
      similarity += similarities[p];
    }
    return new Loss(square / restored.length, 1 - similarity / restored.length);
  }
}
