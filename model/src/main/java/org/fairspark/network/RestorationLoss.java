package org.fairspark.network;

/**
 * Mean squared error plus one minus the structural similarity (paper equations 8 to 10), with its
 * gradient, as the reference code computes it: an 11x11 Gaussian window of deviation 1.5, each
 * channel for itself, zero padding without correction at the border, and a dynamic range that
 * depends on the whole batch of restorations.
 */
final class RestorationLoss {
  static final int WINDOW = 11;
  private static final int RADIUS = WINDOW / 2;
  private static final double SIGMA = 1.5;
  private static final float[] KERNEL = kernel();

  private RestorationLoss() {}

  /** One row of the window; the window is its outer product with itself. */
  static float[] kernel() {
    float[] kernel = new float[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      kernel[i] = (float) Math.exp(-(i - RADIUS) * (i - RADIUS) / (2 * SIGMA * SIGMA));
      sum += kernel[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  /**
   * The reference's rule for the range L in c1 = (0.01 L)^2 and c2 = (0.03 L)^2: 1 unless a value
   * of the restorations lies below -0.5 (one more) or above 128 (255).
   */
  static double dynamicRange(float[] restored) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float v : restored) {
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    return (max > 128 ? 255 : 1) - (min < -0.5f ? -1 : 0);
  }

  /**
   * The loss of a batch and its derivative by every restored value.
   *
   * @param restored {@code float[planes][height][width]}, planes = images times channels
   * @param target likewise
   * @param l2Gradient receives the derivative of the squared error part; null: not wanted
   * @param ssimGradient receives the derivative of the similarity part; may be the same array, then
   *     the sum; null: not wanted
   */
  static Loss compute(
      float[] restored,
      float[] target,
      int planes,
      int height,
      int width,
      float[] l2Gradient,
      float[] ssimGradient) {
    int plane = height * width;
    double total = (double) planes * plane;
    double range = dynamicRange(restored);
    double squares = 0;
    for (int i = 0; i < restored.length; i++) {
      double difference = (double) restored[i] - target[i];
      squares += difference * difference;
      if (l2Gradient != null) {
        l2Gradient[i] = (float) (2 * difference / total);
      }
    }
    Plane work = new Plane(height, width, range);
    double similarity = 0;
    for (int p = 0; p < planes; p++) {
      similarity += work.similarity(restored, target, p * plane);
      if (ssimGradient != null) {
        work.addGradient(
            restored, target, p * plane, -1 / total, ssimGradient, l2Gradient == ssimGradient);
      }
    }
    return new Loss(squares / total, 1 - similarity / total);
  }

  /** Working memory for one image plane. */
  private static final class Plane {
    private final int height;
    private final int width;
    private final double c1;
    private final double c2;
    private final double[] product;
    private final double[] rows;
    private final double[] meanX;
    private final double[] meanY;
    private final double[] squareX;
    private final double[] squareY;
    private final double[] cross;

    Plane(int height, int width, double range) {
      this.height = height;
      this.width = width;
      this.c1 = (0.01 * range) * (0.01 * range);
      this.c2 = (0.03 * range) * (0.03 * range);
      int n = height * width;
      product = new double[n];
      rows = new double[n];
      meanX = new double[n];
      meanY = new double[n];
      squareX = new double[n];
      squareY = new double[n];
      cross = new double[n];
    }

    /** The sum of the similarity map; leaves the derivatives by the filtered fields behind. */
    double similarity(float[] x, float[] y, int at) {
      filterProduct(x, null, at, meanX);
      filterProduct(y, null, at, meanY);
      filterProduct(x, x, at, squareX);
      filterProduct(y, y, at, squareY);
      filterProduct(x, y, at, cross);
      double sum = 0;
      for (int i = 0; i < meanX.length; i++) {
        double mx = meanX[i];
        double my = meanY[i];
        double a1 = 2 * mx * my + c1;
        double a2 = 2 * (cross[i] - mx * my) + c2;
        double b1 = mx * mx + my * my + c1;
        double b2 = (squareX[i] - mx * mx) + (squareY[i] - my * my) + c2;
        double s = a1 * a2 / (b1 * b2);
        sum += s;
        // Each field makes room for the derivative by itself.
        meanX[i] = 2 * my * (a2 - a1) / (b1 * b2) - 2 * mx * s * (1 / b1 - 1 / b2);
        squareX[i] = -s / b2;
        cross[i] = 2 * a1 / (b1 * b2);
      }
      return sum;
    }

    void addGradient(float[] x, float[] y, int at, double scale, float[] to, boolean add) {
      // The window is symmetric and the padding zero, so the adjoint is the filter itself.
      filter(meanX, meanY);
      filter(squareX, squareY);
      filter(cross, meanX);
      for (int i = 0; i < meanX.length; i++) {
        double g = scale * (meanY[i] + 2 * x[at + i] * squareY[i] + y[at + i] * meanX[i]);
        to[at + i] = (float) (add ? to[at + i] + g : g);
      }
    }

    private void filterProduct(float[] a, float[] b, int at, double[] to) {
      for (int i = 0; i < product.length; i++) {
        product[i] = b == null ? a[at + i] : (double) a[at + i] * b[at + i];
      }
      filter(product, to);
    }

    private void filter(double[] from, double[] to) {
      java.util.Arrays.fill(rows, 0);
      for (int r = 0; r < height; r++) {
        int row = r * width;
        for (int k = -RADIUS; k <= RADIUS; k++) {
          double weight = KERNEL[k + RADIUS];
          int end = Math.min(width, width - k);
          for (int c = Math.max(0, -k); c < end; c++) {
            rows[row + c] += weight * from[row + c + k];
          }
        }
      }
      java.util.Arrays.fill(to, 0);
      for (int r = 0; r < height; r++) {
        for (int k = Math.max(-RADIUS, -r); k <= Math.min(RADIUS, height - 1 - r); k++) {
          double weight = KERNEL[k + RADIUS];
          int row = r * width;
          int source = (r + k) * width;
          for (int c = 0; c < width; c++) {
            to[row + c] += weight * rows[source + c];
          }
        }
      }
    }
  }
}
