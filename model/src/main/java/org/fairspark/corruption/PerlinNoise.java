package org.fairspark.corruption;

import org.fairspark.random.SeededRandom;

/**
 * Perlin noise and the masks made of it (paper section 3.1, after DRAEM): unit gradients of random
 * direction on the corners of a grid, blended within its cells.
 */
final class PerlinNoise {
  /** Noise above this is inside the mask. */
  static final double THRESHOLD = 0.5;

  /** The number of grid cells along a side is 2^0 to 2^5. */
  private static final int EXPONENTS = 6;

  private static final double MAX_DEGREES = 90;
  private static final double SQRT2 = Math.sqrt(2);

  private PerlinNoise() {}

  /**
   * Draws a random mask: noise on a random grid, rotated by up to 90 degrees, and thresholded at
   * one half. It may be empty.
   *
   * <p>Draws: the exponents of rows and columns, a number for each corner in row-major order, the
   * angle. If a side is so short that its cells would be less than 2 pixels, the exponent is
   * lowered after it was drawn.
   *
   * @return {@code boolean[height][width]}
   */
  static boolean[] mask(int height, int width, SeededRandom random) {
    int rows = 1 << Math.min(random.nextInt(EXPONENTS), maxExponent(height));
    int columns = 1 << Math.min(random.nextInt(EXPONENTS), maxExponent(width));
    double[] corners = new double[(rows + 1) * (columns + 1)];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = random.nextDouble();
    }
    double[] noise = noise(corners, rows, columns, height, width);
    return above(Warp.rotate(noise, height, width, random.nextDouble(-MAX_DEGREES, MAX_DEGREES)));
  }

  private static int maxExponent(int side) {
    return Math.max(0, 30 - Integer.numberOfLeadingZeros(side));
  }

  /** Returns the mask of noise above {@link #THRESHOLD}. */
  static boolean[] above(double[] noise) {
    boolean[] mask = new boolean[noise.length];
    for (int i = 0; i < noise.length; i++) {
      mask[i] = noise[i] > THRESHOLD;
    }
    return mask;
  }

  /**
   * Computes the noise of given gradients. A pixel's position is that of its corner, so that the
   * first row and column lie on the grid; the cells need not divide the size.
   *
   * @param corners {@code double[rows + 1][columns + 1]} in [0,1): the gradient's angle, as a
   *     fraction of the circle, from the direction of growing rows towards that of growing columns
   * @return {@code double[height][width]}, about -1 to 1
   */
  static double[] noise(double[] corners, int rows, int columns, int height, int width) {
    double[] down = new double[corners.length];
    double[] across = new double[corners.length];
    for (int i = 0; i < corners.length; i++) {
      double angle = 2 * Math.PI * corners[i];
      down[i] = StrictMath.cos(angle);
      across[i] = StrictMath.sin(angle);
    }
    int[] cellOf = new int[width];
    double[] acrossOf = new double[width];
    double[] fadeOf = new double[width];
    for (int x = 0; x < width; x++) {
      cellOf[x] = (int) ((long) x * columns / width);
      acrossOf[x] = (double) ((long) x * columns % width) / width;
      fadeOf[x] = fade(acrossOf[x]);
    }
    double[] noise = new double[height * width];
    // Within a row of pixels, each corner pair's blend along the rows is linear in the column.
    double[] constant = new double[columns + 1];
    double[] slope = new double[columns + 1];
    for (int y = 0, out = 0; y < height; y++) {
      int upper = (int) ((long) y * rows / height) * (columns + 1);
      int lower = upper + columns + 1;
      double t = (double) ((long) y * rows % height) / height;
      double f = fade(t);
      for (int i = 0; i <= columns; i++) {
        constant[i] = (1 - f) * (down[upper + i] * t) + f * (down[lower + i] * (t - 1));
        slope[i] = (1 - f) * across[upper + i] + f * across[lower + i];
      }
      for (int x = 0; x < width; x++, out++) {
        int cell = cellOf[x];
        double u = acrossOf[x];
        double left = constant[cell] + slope[cell] * u;
        double right = constant[cell + 1] + slope[cell + 1] * (u - 1);
        noise[out] = SQRT2 * (left + fadeOf[x] * (right - left));
      }
    }
    return noise;
  }

  private static double fade(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}
