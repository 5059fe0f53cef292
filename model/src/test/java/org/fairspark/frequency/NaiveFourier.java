package org.fairspark.frequency;

/** The discrete Fourier transform by its definition, to check the fast one against. */
public final class NaiveFourier {
  private NaiveFourier() {}

  /**
   * Computes the real part of the inverse transform of gain times transform.
   *
   * @param gain centred, zero frequency at {@code [height / 2][width / 2]}; need not be symmetric
   */
  public static double[] filter(float[] plane, int height, int width, double[] gain) {
    double[] spectrum = transform(plane, height, width);
    double[] re = new double[height * width];
    double[] im = new double[height * width];
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double h = gain[(v + height / 2) % height * width + (u + width / 2) % width];
        re[v * width + u] = h * spectrum[2 * (v * width + u)];
        im[v * width + u] = h * spectrum[2 * (v * width + u) + 1];
      }
    }
    separable(re, im, height, width, 1);
    for (int i = 0; i < re.length; i++) {
      re[i] /= height * width;
    }
    return re;
  }

  /** Returns the transform, {@code double[height][width][2]}, zero frequency first. */
  static double[] transform(float[] plane, int height, int width) {
    double[] re = new double[height * width];
    double[] im = new double[height * width];
    for (int i = 0; i < re.length; i++) {
      re[i] = plane[i];
    }
    separable(re, im, height, width, -1);
    double[] spectrum = new double[2 * re.length];
    for (int i = 0; i < re.length; i++) {
      spectrum[2 * i] = re[i];
      spectrum[2 * i + 1] = im[i];
    }
    return spectrum;
  }

  private static void separable(double[] re, double[] im, int height, int width, int sign) {
    for (int r = 0; r < height; r++) {
      line(re, im, r * width, 1, width, sign);
    }
    for (int c = 0; c < width; c++) {
      line(re, im, c, width, height, sign);
    }
  }

  private static void line(double[] re, double[] im, int from, int step, int n, int sign) {
    double[] lineRe = new double[n];
    double[] lineIm = new double[n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < n; j++) {
        double angle = sign * 2 * Math.PI * ((long) k * j % n) / n;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double a = re[from + j * step];
        double b = im[from + j * step];
        lineRe[k] += a * cos - b * sin;
        lineIm[k] += a * sin + b * cos;
      }
    }
    for (int k = 0; k < n; k++) {
      re[from + k * step] = lineRe[k];
      im[from + k * step] = lineIm[k];
    }
  }
}
