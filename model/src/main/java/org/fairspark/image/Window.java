package org.fairspark.image;

/**
 * A rectangle of an image. Where it reaches beyond the image it shows the image mirrored at its
 * edge, again and again if need be.
 */
public final class Window {
  private Window() {}

  /**
   * Cuts a window out.
   *
   * @param image {@code uint8[H][W][C]}
   * @param top row of the image that is the window's first, 0 or more
   * @param left column of the image that is the window's first, 0 or more
   * @return {@code uint8[height][width][C]}; the image itself if the window shows just it
   */
  public static PixelImage of(PixelImage image, int top, int left, ImageSize size) {
    if (isWhole(image.height(), image.width(), top, left, size)) {
      return image;
    }
    int channels = image.channels();
    byte[] from = image.pixels();
    int height = size.height();
    int width = size.width();
    byte[] window = new byte[channels * height * width];
    int inside = Math.max(0, Math.min(width, image.width() - left));
    for (int r = 0; r < height; r++) {
      int row = mirrored(top + r, image.height()) * image.width();
      int to = r * width;
      System.arraycopy(from, channels * (row + left), window, channels * to, channels * inside);
      for (int c = inside; c < width; c++) {
        int column = mirrored(left + c, image.width());
        System.arraycopy(from, channels * (row + column), window, channels * (to + c), channels);
      }
    }
    return new PixelImage(channels, height, width, window);
  }

  /**
   * Cuts a window out.
   *
   * @param image {@code float[C][H][W]}
   * @param top row of the image that is the window's first, 0 or more
   * @param left column of the image that is the window's first, 0 or more
   * @return {@code float[C][height][width]}; the image itself if the window shows just it
   */
  public static FloatImage of(FloatImage image, int top, int left, ImageSize size) {
    if (isWhole(image.height(), image.width(), top, left, size)) {
      return image;
    }
    int height = size.height();
    int width = size.width();
    float[] window = new float[image.channels() * height * width];
    int inside = Math.max(0, Math.min(width, image.width() - left));
    for (int line = 0; line < image.channels() * height; line++) {
      int row = mirrored(top + line % height, image.height());
      int from = (line / height * image.height() + row) * image.width();
      System.arraycopy(image.values(), from + left, window, line * width, inside);
      for (int c = inside; c < width; c++) {
        window[line * width + c] = image.values()[from + mirrored(left + c, image.width())];
      }
    }
    return new FloatImage(image.channels(), height, width, window);
  }

  private static boolean isWhole(int height, int width, int top, int left, ImageSize size) {
    return top == 0 && left == 0 && height == size.height() && width == size.width();
  }

  private static int mirrored(int at, int length) {
    int folded = at % (2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
