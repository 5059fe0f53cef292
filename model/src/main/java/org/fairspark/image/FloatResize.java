package org.fairspark.image;

/**
 * Resizing of maps by bilinear interpolation between the centres of pixels; beyond the outermost
 * centres the nearest value counts.
 */
public final class FloatResize {
  private FloatResize() {}

  /**
   * Returns a map of another size.
   *
   * @param map {@code float[1][h][w]}
   * @throws IllegalArgumentException if there is more than one channel
   */
  public static FloatImage bilinear(FloatImage map, int height, int width) {
    if (map.channels() != 1) {
      throw new IllegalArgumentException("a map has one channel, not " + map.channels());
    }
    float[] from = map.values();
    float[] to = new float[Math.multiplyExact(height, width)];
    for (int y = 0; y < height; y++) {
      double row = place(y, height, map.height());
      int upper = (int) row;
      int lower = Math.min(upper + 1, map.height() - 1);
      double down = row - upper;
      for (int x = 0; x < width; x++) {
        double column = place(x, width, map.width());
        int left = (int) column;
        int right = Math.min(left + 1, map.width() - 1);
        double across = column - left;
        double top =
            between(from[upper * map.width() + left], from[upper * map.width() + right], across);
        double bottom =
            between(from[lower * map.width() + left], from[lower * map.width() + right], across);
        to[y * width + x] = (float) between(top, bottom, down);
      }
    }
    return new FloatImage(1, height, width, to);
  }

  /** Returns where the centre of a pixel lies among the centres of another number of pixels. */
  private static double place(int pixel, int pixels, int others) {
    double place = (pixel + 0.5) * others / pixels - 0.5;
    return Math.max(0, Math.min(others - 1, place));
  }

  private static double between(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
