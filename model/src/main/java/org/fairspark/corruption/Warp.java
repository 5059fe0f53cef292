package org.fairspark.corruption;

import org.fairspark.image.PixelImage;

/**
 * Rotation as imgaug and OpenCV's {@code warpAffine} do it: bilinear, with source coordinates cut
 * to 1/32 pixel and zeros outside the image. Bytes equal theirs in every bit, floating-point
 * numbers up to rounding.
 */
public final class Warp {
  private static final int COORDINATE_BITS = 10;
  private static final int FRACTION_BITS = 5;
  private static final int STEPS = 1 << FRACTION_BITS;
  private static final int FRACTION = STEPS - 1;
  private static final int TO_STEPS = COORDINATE_BITS - FRACTION_BITS;
  private static final int HALF_STEP = 1 << (TO_STEPS - 1);

  private Warp() {}

  /**
   * Rotates an image about its centre without changing its size; corners without a source become
   * black.
   *
   * @param image {@code uint8[H][W][C]}
   * @param degrees clockwise on the screen
   * @return {@code uint8[H][W][C]}; the image itself for 0 degrees
   */
  public static PixelImage rotate(PixelImage image, double degrees) {
    if (degrees == 0) {
      return image;
    }
    byte[] to = new byte[image.pixels().length];
    rotate(image, degrees, image.pixels(), to);
    return new PixelImage(image.channels(), image.height(), image.width(), to);
  }

  private static void rotate(PixelImage image, double degrees, byte[] from, byte[] to) {
    int channels = image.channels();
    int height = image.height();
    int width = image.width();
    Source source = Source.aboutCentre(degrees, height, width);
    int stride = width * channels;
    for (int y = 0, out = 0; y < height; y++) {
      int xOfRow = source.xOfRow(y);
      int yOfRow = source.yOfRow(y);
      for (int x = 0; x < width; x++, out += channels) {
        int sx = (xOfRow + source.xByColumn[x]) >> TO_STEPS;
        int sy = (yOfRow + source.yByColumn[x]) >> TO_STEPS;
        int column = sx >> FRACTION_BITS;
        int row = sy >> FRACTION_BITS;
        int right = sx & FRACTION;
        int lower = sy & FRACTION;
        if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
          int w00 = (STEPS - right) * (STEPS - lower);
          int w01 = right * (STEPS - lower);
          int w10 = (STEPS - right) * lower;
          int w11 = right * lower;
          int p = row * stride + column * channels;
          for (int c = 0; c < channels; c++, p++) {
            int sum =
                (from[p] & 0xFF) * w00
                    + (from[p + channels] & 0xFF) * w01
                    + (from[p + stride] & 0xFF) * w10
                    + (from[p + stride + channels] & 0xFF) * w11;
            to[out + c] = toByte(sum);
          }
        } else {
          int p00 = index(image, row, column);
          int p01 = index(image, row, column + 1);
          int p10 = index(image, row + 1, column);
          int p11 = index(image, row + 1, column + 1);
          for (int c = 0; c < channels; c++) {
            int sum =
                at(from, p00, c) * ((STEPS - right) * (STEPS - lower))
                    + at(from, p01, c) * (right * (STEPS - lower))
                    + at(from, p10, c) * ((STEPS - right) * lower)
                    + at(from, p11, c) * (right * lower);
            to[out + c] = toByte(sum);
          }
        }
      }
    }
  }

  private static byte toByte(int weighted) {
    return (byte) ((weighted + STEPS * STEPS / 2) >> (2 * FRACTION_BITS));
  }

  /** Returns where a pixel's channels begin, or -1 if it lies outside the image. */
  private static int index(PixelImage image, int row, int column) {
    return row < 0 || column < 0 || row >= image.height() || column >= image.width()
        ? -1
        : (row * image.width() + column) * image.channels();
  }

  private static int at(byte[] from, int index, int channel) {
    return index < 0 ? 0 : from[index + channel] & 0xFF;
  }

  /**
   * Rotates one plane of numbers about its centre.
   *
   * @param from {@code double[height][width]}
   * @param degrees clockwise on the screen
   * @return {@code double[height][width]}
   */
  static double[] rotate(double[] from, int height, int width, double degrees) {
    Source source = Source.aboutCentre(degrees, height, width);
    double[] to = new double[from.length];
    for (int y = 0, out = 0; y < height; y++) {
      int xOfRow = source.xOfRow(y);
      int yOfRow = source.yOfRow(y);
      for (int x = 0; x < width; x++, out++) {
        int sx = (xOfRow + source.xByColumn[x]) >> TO_STEPS;
        int sy = (yOfRow + source.yByColumn[x]) >> TO_STEPS;
        int column = sx >> FRACTION_BITS;
        int row = sy >> FRACTION_BITS;
        double right = (sx & FRACTION) * (1.0 / STEPS);
        double lower = (sy & FRACTION) * (1.0 / STEPS);
        if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
          int p = row * width + column;
          to[out] =
              from[p] * ((1 - right) * (1 - lower))
                  + from[p + 1] * (right * (1 - lower))
                  + from[p + width] * ((1 - right) * lower)
                  + from[p + width + 1] * (right * lower);
        } else {
          to[out] =
              at(from, row, column, height, width) * ((1 - right) * (1 - lower))
                  + at(from, row, column + 1, height, width) * (right * (1 - lower))
                  + at(from, row + 1, column, height, width) * ((1 - right) * lower)
                  + at(from, row + 1, column + 1, height, width) * (right * lower);
        }
      }
    }
    return to;
  }

  private static double at(double[] from, int row, int column, int height, int width) {
    return row < 0 || column < 0 || row >= height || column >= width
        ? 0
        : from[row * width + column];
  }

  /**
   * Rotates an image in [0,1] about its top left corner without changing its size.
   *
   * @param from {@code float[height][width][3]}
   * @param radians clockwise on the screen
   * @return {@code float[height][width][3]}
   */
  static float[] rotateAboutCorner(float[] from, int height, int width, double radians) {
    Source source = new Source(StrictMath.cos(radians), StrictMath.sin(radians), 0, 0, width);
    float[] to = new float[from.length];
    for (int y = 0, out = 0; y < height; y++) {
      int xOfRow = source.xOfRow(y);
      int yOfRow = source.yOfRow(y);
      for (int x = 0; x < width; x++, out += 3) {
        int sx = (xOfRow + source.xByColumn[x]) >> TO_STEPS;
        int sy = (yOfRow + source.yByColumn[x]) >> TO_STEPS;
        int column = sx >> FRACTION_BITS;
        int row = sy >> FRACTION_BITS;
        if (column < -1 || row < -1 || column >= width || row >= height) {
          continue;
        }
        float right = (sx & FRACTION) * (1f / STEPS);
        float lower = (sy & FRACTION) * (1f / STEPS);
        for (int c = 0; c < 3; c++) {
          to[out + c] =
              at(from, row, column, c, height, width) * ((1 - right) * (1 - lower))
                  + at(from, row, column + 1, c, height, width) * (right * (1 - lower))
                  + at(from, row + 1, column, c, height, width) * ((1 - right) * lower)
                  + at(from, row + 1, column + 1, c, height, width) * (right * lower);
        }
      }
    }
    return to;
  }

  private static float at(float[] from, int row, int column, int channel, int height, int width) {
    return row < 0 || column < 0 || row >= height || column >= width
        ? 0
        : from[(row * width + column) * 3 + channel];
  }

  /** Source coordinates of output pixels, in OpenCV's fixed-point arithmetic. */
  private static final class Source {
    // The inverse of the rotation: rows of two factors and a shift; the first factors are used up.
    private final double m01;
    private final double m02;
    private final double m11;
    private final double m12;

    /** Added to the coordinates of a row, for each column. */
    final int[] xByColumn;

    final int[] yByColumn;

    static Source aboutCentre(double degrees, int height, int width) {
      // imgaug passes angles on in single precision.
      double radians = (float) degrees * (float) (Math.PI / 180);
      double cos = StrictMath.cos(radians);
      double sin = StrictMath.sin(radians);
      double centreX = width / 2.0 - 0.5;
      double centreY = height / 2.0 - 0.5;
      double shiftX = centreX - cos * centreX + sin * centreY;
      double shiftY = centreY - sin * centreX - cos * centreY;
      return new Source(cos, sin, shiftX, shiftY, width);
    }

    /** Inverts the map x' = cos x - sin y + shiftX, y' = sin x + cos y + shiftY. */
    Source(double cos, double sin, double shiftX, double shiftY, int width) {
      double scale = 1 / (cos * cos + sin * sin);
      double m00 = cos * scale;
      double m10 = -sin * scale;
      m01 = sin * scale;
      m11 = cos * scale;
      m02 = -m00 * shiftX - m01 * shiftY;
      m12 = -m10 * shiftX - m11 * shiftY;
      xByColumn = new int[width];
      yByColumn = new int[width];
      for (int x = 0; x < width; x++) {
        xByColumn[x] = fixed(m00 * x);
        yByColumn[x] = fixed(m10 * x);
      }
    }

    private static int fixed(double coordinate) {
      return (int) Math.rint(coordinate * (1 << COORDINATE_BITS));
    }

    int xOfRow(int y) {
      return fixed(m01 * y + m02) + HALF_STEP;
    }

    int yOfRow(int y) {
      return fixed(m11 * y + m12) + HALF_STEP;
    }
  }
}
