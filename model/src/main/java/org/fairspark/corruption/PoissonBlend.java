package org.fairspark.corruption;

import org.fairspark.image.PixelImage;

/**
 * Seamless cloning of a rectangle (Pérez, Gangnet and Blake 2003): inside the rectangle the image
 * gets new gradients, on its border it keeps its values, so that there is no visible edge.
 *
 * <p>The Poisson equation on a rectangle is solved directly: a sine transform along the shorter
 * side leaves a tridiagonal system along the longer one.
 */
final class PoissonBlend {
  /** The source of the gradients inside the rectangle. */
  enum Gradients {
    /** The patch. */
    PATCH,
    /** The patch or the image, whichever is steeper at a pixel: the image's structure remains. */
    STEEPER
  }

  private PoissonBlend() {}

  /**
   * Blends a patch into an image.
   *
   * @param image {@code uint8[H][W][3]}, changed in place
   * @param patch {@code uint8[h][w][3]}, at least 3 x 3; its outermost pixels only give gradients
   * @param top the image row of the patch's first row; the patch must lie within the image
   * @param left the image column of its first column
   * @throws IllegalArgumentException if the patch is too small or not within the image
   */
  static void blend(PixelImage image, PixelImage patch, int top, int left, Gradients gradients) {
    int height = patch.height();
    int width = patch.width();
    if (height < 3 || width < 3) {
      throw new IllegalArgumentException(
          "a patch must have at least 3 x 3 pixels, got %d x %d".formatted(height, width));
    }
    if (top < 0 || left < 0 || top + height > image.height() || left + width > image.width()) {
      throw new IllegalArgumentException(
          "a patch of %d x %d at (%d, %d) is not within %d x %d"
              .formatted(height, width, top, left, image.height(), image.width()));
    }
    boolean transposed = width > height;
    Window within = new Window(top, left, height, width, transposed);
    Window whole = new Window(0, 0, height, width, transposed);
    for (int c = 0; c < 3; c++) {
      double[] old = within.plane(image, c);
      double[] guide = whole.plane(patch, c);
      int rows = transposed ? width : height;
      int columns = transposed ? height : width;
      double[] solution = solve(divergence(old, guide, rows, columns, gradients), rows, columns);
      for (int y = 1; y < rows - 1; y++) {
        for (int x = 1; x < columns - 1; x++) {
          int row = top + (transposed ? x : y);
          int column = left + (transposed ? y : x);
          double v = Math.rint(solution[(y - 1) * (columns - 2) + x - 1]);
          image.pixels()[(row * image.width() + column) * 3 + c] =
              (byte) Math.max(0, Math.min(255, v));
        }
      }
    }
  }

  /** A rectangle of an image, read with rows and columns exchanged if it is transposed. */
  private record Window(int top, int left, int height, int width, boolean transposed) {
    /** Returns one channel, {@code double[height][width]} or its transpose. */
    double[] plane(PixelImage image, int channel) {
      double[] plane = new double[height * width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          plane[transposed ? x * height + y : y * width + x] = image.at(top + y, left + x, channel);
        }
      }
      return plane;
    }
  }

  /**
   * Computes the right-hand side b of {@code 4 f - sum of neighbours = b} for the inner pixels:
   * minus the divergence of the new gradients, plus the border's values.
   */
  private static double[] divergence(
      double[] old, double[] guide, int rows, int columns, Gradients gradients) {
    double[] b = new double[(rows - 2) * (columns - 2)];
    int[] neighbours = {-columns, columns, -1, 1};
    for (int y = 1, i = 0; y < rows - 1; y++) {
      for (int x = 1; x < columns - 1; x++, i++) {
        int p = y * columns + x;
        for (int n : neighbours) {
          double ofPatch = guide[p] - guide[p + n];
          double ofImage = old[p] - old[p + n];
          boolean keep = gradients == Gradients.STEEPER && Math.abs(ofImage) > Math.abs(ofPatch);
          b[i] += keep ? ofImage : ofPatch;
        }
        b[i] += y == 1 ? old[p - columns] : 0;
        b[i] += y == rows - 2 ? old[p + columns] : 0;
        b[i] += x == 1 ? old[p - 1] : 0;
        b[i] += x == columns - 2 ? old[p + 1] : 0;
      }
    }
    return b;
  }

  /** Solves the equation; returns {@code double[rows - 2][columns - 2]}. */
  private static double[] solve(double[] b, int rows, int columns) {
    int m = rows - 2;
    int n = columns - 2;
    double[] sines = sines(n);
    double[] transformed = multiply(b, sines, m, n);
    // Along each column k: -f(y - 1) + (4 - 2 cos) f(y) - f(y + 1) = b(y), by elimination.
    double[] upper = new double[m * n];
    for (int k = 0; k < n; k++) {
      double diagonal = 4 - 2 * StrictMath.cos(Math.PI * (k + 1) / (n + 1));
      double factor = 0;
      double value = 0;
      for (int y = 0; y < m; y++) {
        double pivot = 1 / (diagonal - factor);
        value = (transformed[y * n + k] + value) * pivot;
        factor = pivot;
        transformed[y * n + k] = value;
        upper[y * n + k] = factor;
      }
      for (int y = m - 2; y >= 0; y--) {
        transformed[y * n + k] += upper[y * n + k] * transformed[(y + 1) * n + k];
      }
    }
    double[] solution = multiply(transformed, sines, m, n);
    for (int i = 0; i < solution.length; i++) {
      solution[i] *= 2.0 / (n + 1);
    }
    return solution;
  }

  /** Returns the sine transform's symmetric matrix, {@code double[n][n]}. */
  private static double[] sines(int n) {
    double[] circle = new double[2 * (n + 1)];
    for (int i = 0; i < circle.length; i++) {
      circle[i] = StrictMath.sin(Math.PI * i / (n + 1));
    }
    double[] sines = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        sines[j * n + k] = circle[(j + 1) * (k + 1) % circle.length];
      }
    }
    return sines;
  }

  /** Multiplies {@code double[m][n]} with {@code double[n][n]}. */
  private static double[] multiply(double[] a, double[] square, int m, int n) {
    double[] product = new double[m * n];
    for (int y = 0; y < m; y++) {
      for (int j = 0; j < n; j++) {
        addScaled(product, y * n, square, j * n, a[y * n + j], n);
      }
    }
    return product;
  }

  private static void addScaled(
      double[] to, int at, double[] from, int start, double factor, int n) {
    for (int k = 0; k < n; k++) {
      to[at + k] += factor * from[start + k];
    }
  }
}
