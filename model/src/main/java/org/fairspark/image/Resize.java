package org.fairspark.image;

/** Resizing of 8-bit images. */
public final class Resize {
  private static final int COEFFICIENT_BITS = 11;
  private static final int ONE = 1 << COEFFICIENT_BITS;

  private Resize() {}

  /**
   * Resizes bilinearly, equal in every bit to OpenCV's {@code resize} with {@code INTER_LINEAR} on
   * bytes: 11-bit fixed-point weights, pixel centres at one half, no anti-aliasing. As in OpenCV,
   * an image whose two sides shrink to exactly one half becomes the mean of 2 x 2 pixels instead.
   *
   * @param image {@code uint8[H][W][C]}
   * @return {@code uint8[height][width][C]}; the image itself if it has this size already
   * @throws IllegalArgumentException if a side is below 1
   */
  public static PixelImage bilinear(PixelImage image, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("cannot resize to " + height + " x " + width);
    }
    if (image.height() == height && image.width() == width) {
      return image;
    }
    if (image.height() == 2 * height && image.width() == 2 * width) {
      return half(image);
    }
    int channels = image.channels();
    int rowLength = width * channels;
    Taps columns = Taps.along(image.width(), width, true);
    Taps rows = Taps.along(image.height(), height, false);
    byte[] out = new byte[height * rowLength];
    int[] upper = new int[rowLength];
    int[] lower = new int[rowLength];
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < height; y++) {
      int first = rows.first[y];
      int second = rows.second[y];
      if (first == lowerRow) {
        int[] swapped = upper;
        upper = lower;
        lower = swapped;
        lowerRow = upperRow;
        upperRow = first;
      } else if (first != upperRow) {
        horizontal(image, first, columns, upper);
        upperRow = first;
      }
      if (second != lowerRow) {
        horizontal(image, second, columns, lower);
        lowerRow = second;
      }
      vertical(upper, lower, rows.firstWeight[y], rows.secondWeight[y], out, y * rowLength);
    }
    return new PixelImage(channels, height, width, out);
  }

  /** Resizes bilinearly; see {@link #bilinear(PixelImage, int, int)}. */
  public static PixelImage bilinear(PixelImage image, ImageSize size) {
    return bilinear(image, size.height(), size.width());
  }

  private static void horizontal(PixelImage image, int row, Taps taps, int[] out) {
    byte[] in = image.pixels();
    int width = taps.first.length;
    if (image.channels() == 1) {
      int start = row * image.width();
      for (int x = 0; x < width; x++) {
        out[x] =
            (in[start + taps.first[x]] & 0xFF) * taps.firstWeight[x]
                + (in[start + taps.second[x]] & 0xFF) * taps.secondWeight[x];
      }
      return;
    }
    int start = row * image.width() * 3;
    for (int x = 0, o = 0; x < width; x++, o += 3) {
      int p = start + 3 * taps.first[x];
      int q = start + 3 * taps.second[x];
      int a = taps.firstWeight[x];
      int b = taps.secondWeight[x];
      out[o] = (in[p] & 0xFF) * a + (in[q] & 0xFF) * b;
      out[o + 1] = (in[p + 1] & 0xFF) * a + (in[q + 1] & 0xFF) * b;
      out[o + 2] = (in[p + 2] & 0xFF) * a + (in[q + 2] & 0xFF) * b;
    }
  }

  private static void vertical(int[] upper, int[] lower, int a, int b, byte[] out, int at) {
    for (int i = 0; i < upper.length; i++) {
      out[at + i] =
          (byte) ((((a * (upper[i] >> 4)) >> 16) + ((b * (lower[i] >> 4)) >> 16) + 2) >> 2);
    }
  }

  private static PixelImage half(PixelImage image) {
    int channels = image.channels();
    int height = image.height() / 2;
    int width = image.width() / 2;
    int stride = image.width() * channels;
    byte[] in = image.pixels();
    byte[] out = new byte[height * width * channels];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int p = 2 * y * stride + 2 * x * channels;
        for (int c = 0; c < channels; c++, p++) {
          int sum =
              (in[p] & 0xFF)
                  + (in[p + channels] & 0xFF)
                  + (in[p + stride] & 0xFF)
                  + (in[p + stride + channels] & 0xFF);
          out[o++] = (byte) ((sum + 2) >> 2);
        }
      }
    }
    return new PixelImage(channels, height, width, out);
  }

  /** The two input positions, with their weights, of each output position along one axis. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Taps(int[] first, int[] second, int[] firstWeight, int[] secondWeight) {
    /**
     * @param clampWeights true (columns): beyond the edge the edge pixel has all weight; false
     *     (rows): the weights stay and both positions are the edge's
     */
    static Taps along(int in, int out, boolean clampWeights) {
      Taps taps = new Taps(new int[out], new int[out], new int[out], new int[out]);
      // As OpenCV computes it: the reciprocal of the inverse ratio.
      double scale = 1.0 / ((double) out / in);
      for (int o = 0; o < out; o++) {
        float source = (float) ((o + 0.5) * scale - 0.5);
        int base = (int) Math.floor(source);
        float fraction = source - base;
        if (clampWeights && (base < 0 || base >= in - 1)) {
          base = base < 0 ? 0 : in - 1;
          fraction = 0;
        }
        taps.first[o] = Math.max(0, Math.min(in - 1, base));
        taps.second[o] = Math.max(0, Math.min(in - 1, base + 1));
        taps.firstWeight[o] = (int) Math.rint((1f - fraction) * ONE);
        taps.secondWeight[o] = (int) Math.rint(fraction * ONE);
      }
      return taps;
    }
  }
}
