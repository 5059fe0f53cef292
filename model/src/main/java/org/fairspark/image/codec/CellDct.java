package org.fairspark.image.codec;

/**
 * The inverse of JPEG's transform of 8 x 8 pixels (ITU-T T.81, annex A.3.3) that gives means of
 * cells of them instead of pixels, by the lowest frequencies alone: along a side of 1, 2, 4 or 8
 * cells as many frequencies as there are cells.
 *
 * <p>The mean of the cosine of a frequency over a cell is the cosine at the cell's middle times a
 * factor. With that factor the means are those of the pixels but for the frequencies that are left
 * out, of which a cell's mean has little.
 */
final class CellDct {
  private static final int SIDE = 8;
  private static final float C1_4 = cosine(1, 4);
  private static final float C1_8 = cosine(1, 8);
  private static final float C3_8 = cosine(3, 8);
  private static final float C1_16 = cosine(1, 16);
  private static final float C3_16 = cosine(3, 16);
  private static final float C5_16 = cosine(5, 16);
  private static final float C7_16 = cosine(7, 16);

  private CellDct() {}

  private static float cosine(int times, int of) {
    return (float) Math.cos(Math.PI * times / of);
  }

  /**
   * Returns by what a coefficient is multiplied before {@link #invert}.
   *
   * @param frequency along a side, less than the cells
   * @param cells along that side
   */
  static double factor(int frequency, int cells) {
    if (frequency == 0) {
      return Math.sqrt(0.125);
    }
    int side = SIDE / cells;
    double half = frequency * Math.PI / (2 * SIDE);
    return 0.5 * Math.sin(side * half) / (side * Math.sin(half));
  }

  /**
   * Inverts in place.
   *
   * @param block coefficients times the factors of both sides in 8 rows of 8, of which the first
   *     ones become {@code float[height][width]} means
   * @param width cells in a row
   * @param height cells in a column
   */
  static void invert(float[] block, int width, int height) {
    invert(block, width, 1, height, SIDE);
    invert(block, height, SIDE, width, 1);
  }

  /**
   * Inverts along one side.
   *
   * @param lines number of them
   * @param next from a line to the next one
   * @param cells of a line
   * @param step from a cell to the next one
   */
  private static void invert(float[] block, int lines, int next, int cells, int step) {
    if (cells == 2) {
      for (int line = 0; line < lines; line++) {
        invert2(block, line * next, step);
      }
    } else if (cells == 4) {
      for (int line = 0; line < lines; line++) {
        invert4(block, line * next, step);
      }
    } else if (cells == 8) {
      for (int line = 0; line < lines; line++) {
        invert8(block, line * next, step);
      }
    }
  }

  private static void invert2(float[] x, int at, int step) {
    float even = x[at];
    float odd = C1_4 * x[at + step];
    x[at] = even + odd;
    x[at + step] = even - odd;
  }

  private static void invert4(float[] x, int at, int step) {
    float x0 = x[at];
    float x1 = x[at + step];
    float x2 = C1_4 * x[at + 2 * step];
    float x3 = x[at + 3 * step];
    float outer = C1_8 * x1 + C3_8 * x3;
    float inner = C3_8 * x1 - C1_8 * x3;
    x[at] = x0 + x2 + outer;
    x[at + step] = x0 - x2 + inner;
    x[at + 2 * step] = x0 - x2 - inner;
    x[at + 3 * step] = x0 + x2 - outer;
  }

  private static void invert8(float[] x, int at, int step) {
    float x1 = x[at + step];
    float x3 = x[at + 3 * step];
    float x5 = x[at + 5 * step];
    float x7 = x[at + 7 * step];
    float o0 = C1_16 * x1 + C3_16 * x3 + C5_16 * x5 + C7_16 * x7;
    float o1 = C3_16 * x1 - C7_16 * x3 - C1_16 * x5 - C5_16 * x7;
    float o2 = C5_16 * x1 - C1_16 * x3 + C7_16 * x5 + C3_16 * x7;
    float o3 = C7_16 * x1 - C5_16 * x3 + C3_16 * x5 - C1_16 * x7;
    float x0 = x[at];
    float x2 = x[at + 2 * step];
    float x4 = C1_4 * x[at + 4 * step];
    float x6 = x[at + 6 * step];
    float outer = C1_8 * x2 + C3_8 * x6;
    float inner = C3_8 * x2 - C1_8 * x6;
    float e0 = x0 + x4 + outer;
    float e1 = x0 - x4 + inner;
    float e2 = x0 - x4 - inner;
    float e3 = x0 + x4 - outer;
    x[at] = e0 + o0;
    x[at + step] = e1 + o1;
    x[at + 2 * step] = e2 + o2;
    x[at + 3 * step] = e3 + o3;
    x[at + 4 * step] = e3 - o3;
    x[at + 5 * step] = e2 - o2;
    x[at + 6 * step] = e1 - o1;
    x[at + 7 * step] = e0 - o0;
  }
}
