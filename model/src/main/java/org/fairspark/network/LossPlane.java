package org.fairspark.network;

/**
 * The loss of one channel of one image. Its arrays have margins of zeros to the left and right of
 * each row, above and below, so that a filter is one loop without exceptions over all of them.
 */
final class LossPlane {
  private static final int RADIUS = RestorationLoss.WINDOW / 2;
  private static final int MARGIN = 2 * RADIUS;

  private final int height;
  private final int width;
  private final int stride;
  private final int channels;
  private final double c1;
  private final double c2;
  private final double share;

  // Half of the window, from the edge to the centre.
  private final double k0;
  private final double k1;
  private final double k2;
  private final double k3;
  private final double k4;
  private final double k5;

  // Where a filter reads: pixels begin RADIUS into each row.
  private final double[] x;
  private final double[] y;
  private final double[] product;
  private final double[] rows;

  // What a filter wrote: pixels begin each row, what follows them is of no use.
  private final double[] meanX;
  private final double[] meanY;
  private final double[] squareX;
  private final double[] squareY;
  private final double[] cross;

  /**
   * Allocates the working memory.
   *
   * @param channels distance from a pixel to the next in the images
   * @param range the dynamic range L
   * @param share one over the number of values in the batch
   */
  LossPlane(int height, int width, int channels, double range, double share) {
    this.height = height;
    this.width = width;
    this.stride = width + MARGIN;
    this.channels = channels;
    this.c1 = (0.01 * range) * (0.01 * range);
    this.c2 = (0.03 * range) * (0.03 * range);
    this.share = share;
    float[] kernel = RestorationLoss.kernel();
    k0 = kernel[0];
    k1 = kernel[1];
    k2 = kernel[2];
    k3 = kernel[3];
    k4 = kernel[4];
    k5 = kernel[5];
    int read = height * stride + MARGIN;
    x = new double[read];
    y = new double[read];
    product = new double[read];
    rows = new double[(height + MARGIN) * stride];
    meanX = new double[height * stride];
    meanY = new double[height * stride];
    squareX = new double[height * stride];
    squareY = new double[height * stride];
    cross = new double[height * stride];
  }

  /**
   * Takes one channel.
   *
   * @param start where its first value is
   * @return the sum of the squared differences
   */
  double load(float[] restored, float[] target, int start) {
    double squares = 0;
    int from = start;
    for (int r = 0; r < height; r++) {
      int row = r * stride + RADIUS;
      for (int c = 0; c < width; c++, from += channels) {
        double a = restored[from];
        double b = target[from];
        x[row + c] = a;
        y[row + c] = b;
        squares += (a - b) * (a - b);
      }
    }
    return squares;
  }

  /**
   * Returns the sum of the similarities of all pixels. Leaves their derivatives by the filtered
   * fields in place of the fields.
   */
  double similarity() {
    filter(x, meanX);
    filter(y, meanY);
    multiply(x, x);
    filter(product, squareX);
    multiply(y, y);
    filter(product, squareY);
    multiply(x, y);
    filter(product, cross);
    double sum = 0;
    for (int r = 0; r < height; r++) {
      int row = r * stride;
      for (int i = row; i < row + width; i++) {
        double mx = meanX[i];
        double my = meanY[i];
        double a1 = 2 * mx * my + c1;
        double a2 = 2 * (cross[i] - mx * my) + c2;
        double b1 = mx * mx + my * my + c1;
        double b2 = (squareX[i] - mx * mx) + (squareY[i] - my * my) + c2;
        double q1 = 1 / b1;
        double q2 = 1 / b2;
        double s = a1 * a2 * q1 * q2;
        sum += s;
        meanX[i] = 2 * my * (a2 - a1) * q1 * q2 - 2 * mx * s * (q1 - q2);
        squareX[i] = -s * q2;
        cross[i] = 2 * a1 * q1 * q2;
      }
    }
    return sum;
  }

  /**
   * Computes, after {@link #similarity}, the derivatives of the loss by the restored values.
   *
   * @param start where to put the first
   */
  void gradient(float[] to, int start) {
    // The window is symmetric and the padding zero, so the adjoint is the filter itself.
    shift(meanX);
    filter(product, meanY);
    shift(squareX);
    filter(product, squareY);
    shift(cross);
    filter(product, meanX);
    int at = start;
    for (int r = 0; r < height; r++) {
      int row = r * stride;
      for (int i = row; i < row + width; i++, at += channels) {
        double a = x[i + RADIUS];
        double b = y[i + RADIUS];
        double similarity = meanY[i] + 2 * a * squareY[i] + b * meanX[i];
        to[at] = (float) (share * (2 * (a - b) - similarity));
      }
    }
  }

  private void multiply(double[] a, double[] b) {
    for (int i = 0; i < product.length; i++) {
      product[i] = a[i] * b[i];
    }
  }

  /** Copies from where a filter wrote to where it reads, with margins of zero. */
  private void shift(double[] from) {
    for (int r = 0; r < height; r++) {
      System.arraycopy(from, r * stride, product, r * stride + RADIUS, width);
    }
  }

  private void filter(double[] from, double[] to) {
    int s = stride;
    int top = RADIUS * s;
    for (int i = 0; i < to.length; i++) {
      rows[top + i] =
          k0 * (from[i] + from[i + 10])
              + k1 * (from[i + 1] + from[i + 9])
              + k2 * (from[i + 2] + from[i + 8])
              + k3 * (from[i + 3] + from[i + 7])
              + k4 * (from[i + 4] + from[i + 6])
              + k5 * from[i + 5];
    }
    for (int i = 0; i < to.length; i++) {
      to[i] =
          k0 * (rows[i] + rows[i + 10 * s])
              + k1 * (rows[i + s] + rows[i + 9 * s])
              + k2 * (rows[i + 2 * s] + rows[i + 8 * s])
              + k3 * (rows[i + 3 * s] + rows[i + 7 * s])
              + k4 * (rows[i + 4 * s] + rows[i + 6 * s])
              + k5 * rows[i + 5 * s];
    }
  }
}
