package org.fairspark.anomaly;

/** The mean over a square window, with zeros outside the image, as in the reference code. */
final class MeanFilter {
  private MeanFilter() {}

  /**
   * Filters in place, by running sums: the cost does not depend on the window. Sums are doubles, so
   * that their accumulated rounding stays below a float's.
   *
   * @param map {@code float[height][width]}
   * @param size the window's side, odd
   * @param in a buffer of the map's length, overwritten
   */
  static void apply(float[] map, int height, int width, int size, float[] in) {
    int reach = size / 2;
    double scale = 1.0 / ((double) size * size);
    System.arraycopy(map, 0, in, 0, map.length);
    // Zeros left and right of the columns' sums, so that the border is no special case.
    double[] columns = new double[width + 2 * reach];
    for (int r = 0; r < Math.min(reach, height); r++) {
      addRow(in, r * width, width, columns, reach, 1);
    }
    for (int r = 0; r < height; r++) {
      if (r + reach < height) {
        addRow(in, (r + reach) * width, width, columns, reach, 1);
      }
      if (r > reach) {
        addRow(in, (r - reach - 1) * width, width, columns, reach, -1);
      }
      double sum = 0;
      for (int c = 0; c < 2 * reach; c++) {
        sum += columns[c];
      }
      for (int c = 0, to = r * width; c < width; c++) {
        sum += columns[c + 2 * reach];
        map[to + c] = Math.max(0, (float) (sum * scale));
        sum -= columns[c];
      }
    }
  }

  private static void addRow(float[] in, int from, int width, double[] columns, int to, int sign) {
    for (int c = 0; c < width; c++) {
      columns[to + c] += sign * in[from + c];
    }
  }
}
