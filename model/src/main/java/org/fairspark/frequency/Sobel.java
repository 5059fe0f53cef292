package org.fairspark.frequency;

import java.util.Arrays;
import java.util.Locale;
import org.fairspark.image.FloatImage;
import org.fairspark.image.Gray;

/**
 * Image gradients by Sobel's kernels (paper section 5.4, Tables 9 and 10), scaled and padded as
 * OpenCV's {@code Sobel} does it: no normalisation, borders reflected without repeating the edge
 * pixel.
 *
 * <p>The output always has two channels, so that all axes train the same network: {@code XY} gives
 * [gx, gy], {@code X} gives gx twice as the reference code does, {@code Y} gives gy twice.
 *
 * @param axes the derivatives taken
 * @param kernel the kernel's side, 3 or 5
 */
public record Sobel(Axes axes, int kernel) implements HighFrequencyExtractor {
  /** Directions of the derivative. */
  public enum Axes {
    /** Along rows, d/dx: vertical edges. */
    X,
    /** Along columns, d/dy: horizontal edges. */
    Y,
    /** Both. */
    XY
  }

  private static final double[][] SMOOTHING = {{1, 2, 1}, {1, 4, 6, 4, 1}};
  private static final double[][] DERIVATIVE = {{-1, 0, 1}, {-1, -2, 0, 2, 1}};

  /**
   * @throws IllegalArgumentException if the kernel is neither 3 nor 5
   */
  public Sobel {
    if (axes == null) {
      throw new IllegalArgumentException("Sobel needs axes: X, Y or XY");
    }
    if (kernel != 3 && kernel != 5) {
      throw new IllegalArgumentException("Sobel kernel must be 3 or 5, got " + kernel);
    }
  }

  @Override
  public int channels() {
    return 2;
  }

  @Override
  public FloatImage extract(FloatImage rgb) {
    return extractFromGray(Gray.bt601(rgb));
  }

  /**
   * Computes the gradients of a gray image, for callers that already have one.
   *
   * @param gray {@code float[1][H][W]}
   * @return {@code float[2][H][W]}
   */
  public FloatImage extractFromGray(FloatImage gray) {
    ExtractorChecks.requireGray(gray);
    int height = gray.height();
    int width = gray.width();
    int plane = height * width;
    float[] gradients = new float[2 * plane];
    double[] smoothing = SMOOTHING[kernel / 2 - 1];
    double[] derivative = DERIVATIVE[kernel / 2 - 1];
    switch (axes) {
      case X -> separable(gray, derivative, smoothing, gradients, 0);
      case Y -> separable(gray, smoothing, derivative, gradients, 0);
      case XY -> {
        separable(gray, derivative, smoothing, gradients, 0);
        separable(gray, smoothing, derivative, gradients, plane);
      }
    }
    if (axes != Axes.XY) {
      System.arraycopy(gradients, 0, gradients, plane, plane);
    }
    return new FloatImage(2, height, width, gradients);
  }

  private static void separable(
      FloatImage gray, double[] horizontal, double[] vertical, float[] out, int outAt) {
    int height = gray.height();
    int width = gray.width();
    float[] in = gray.values();
    int reach = horizontal.length / 2;
    double[] row = new double[width + 2 * reach];
    int[] columns = new int[row.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = reflect(c - reach, width);
    }
    for (int r = 0; r < height; r++) {
      Arrays.fill(row, 0);
      for (int k = -reach; k <= reach; k++) {
        double weight = vertical[k + reach];
        if (weight != 0) {
          int from = reflect(r + k, height) * width;
          for (int c = 0; c < width; c++) {
            row[c + reach] += weight * in[from + c];
          }
        }
      }
      for (int c = 0; c < reach; c++) {
        row[c] = row[columns[c] + reach];
        row[width + reach + c] = row[columns[width + reach + c] + reach];
      }
      for (int c = 0; c < width; c++) {
        double sum = 0;
        for (int k = 0; k < horizontal.length; k++) {
          sum += horizontal[k] * row[c + k];
        }
        out[outAt + r * width + c] = (float) sum;
      }
    }
  }

  /** Reflects an index as OpenCV's BORDER_REFLECT_101: -1 is 1, n is n - 2, as often as needed. */
  private static int reflect(int index, int n) {
    if (n == 1) {
      return 0;
    }
    int period = 2 * (n - 1);
    int i = Math.floorMod(index, period);
    return i < n ? i : period - i;
  }

  @Override
  public String describe() {
    return "Sobel %s, %d x %d".formatted(axes.name().toLowerCase(Locale.ROOT), kernel, kernel);
  }
}
