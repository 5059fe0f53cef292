package org.fairspark.corruption;

import org.fairspark.image.PixelImage;

/**
 * Rotation as OpenCV's {@code warpAffine} does it: bilinear, source coordinates cut to 1/32 pixel,
 * what lies outside is 0. Equal to it in every bit on bytes, and in every decimal that matters on
 * floating point.
 */
public final class Warp {
  private static final int COORDINATE_BITS = 10;
  private static final int FRACTION_BITS = 5;
  private static final int STEPS = 1 << FRACTION_BITS;
  private static final int TO_STEPS = COORDINATE_BITS - FRACTION_BITS;
  private static final int HALF_STEP = 1 << (TO_STEPS - 1);

  private Warp() {}

  /**
   * Turns an image about its centre, its size unchanged; corners without a source become black.
   *
   * @param image {@code uint8[H][W][C]}
   * @param degrees clockwise on the screen
   * @return {@code uint8[H][W][C]}; the image itself for 0 degrees
   */
  public static PixelImage rotate(PixelImage image, double degrees) {
    if (degrees == 0) {
      return image;
    }
    int height = image.height();
    int width = image.width();
    byte[] out = new byte[image.pixels().length];
    rotate(image.pixels(), out, image.channels(), height, width, degrees);
    return new PixelImage(image.channels(), height, width, out);
  }

  /** {@link #rotate(PixelImage, double)} from one array into another. */
  static void rotate(byte[] from, byte[] to, int channels, int height, int width, double degrees) {
    Source source = Source.aboutCentre(degrees, height, width);
    int stride = width * channels;
    for (int y = 0, out = 0; y < height; y++) {
      source.startRow(y);
      for (int x = 0; x < width; x++, out += channels) {
        source.at(x);
        int column = source.column;
        int row = source.row;
        if (column < -1 || row < -1 || column >= width || row >= height) {
          for (int c = 0; c < channels; c++) {
            to[out + c] = 0;
          }
          continue;
        }
        int right = source.rightWeight;
        int lower = source.lowerWeight;
        int w00 = (STEPS - right) * (STEPS - lower);
        int w01 = right * (STEPS - lower);
        int w10 = (STEPS - right) * lower;
        int w11 = right * lower;
        int p = row * stride + column * channels;
        if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
          for (int c = 0; c < channels; c++, p++) {
            int sum =
                (from[p] & 0xFF) * w00
                    + (from[p + channels] & 0xFF) * w01
                    + (from[p + stride] & 0xFF) * w10
                    + (from[p + stride + channels] & 0xFF) * w11;
            to[out + c] = (byte) ((sum + STEPS * STEPS / 2) / (STEPS * STEPS));
          }
        } else {
          for (int c = 0; c < channels; c++, p++) {
            int sum = 0;
            if (row >= 0) {
              sum += column >= 0 ? (from[p] & 0xFF) * w00 : 0;
              sum += column < width - 1 ? (from[p + channels] & 0xFF) * w01 : 0;
            }
            if (row < height - 1) {
              sum += column >= 0 ? (from[p + stride] & 0xFF) * w10 : 0;
              sum += column < width - 1 ? (from[p + stride + channels] & 0xFF) * w11 : 0;
            }
            to[out + c] = (byte) ((sum + STEPS * STEPS / 2) / (STEPS * STEPS));
          }
        }
      }
    }
  }

  /**
   * Turns one plane of numbers about its centre.
   *
   * @param from {@code double[height][width]}
   * @return {@code double[height][width]}
   */
  static double[] rotate(double[] from, int height, int width, double degrees) {
    Source source = Source.aboutCentre(degrees, height, width);
    double[] to = new double[from.length];
    for (int y = 0, out = 0; y < height; y++) {
      source.startRow(y);
      for (int x = 0; x < width; x++, out++) {
        source.at(x);
        int column = source.column;
        int row = source.row;
        if (column < -1 || row < -1 || column >= width || row >= height) {
          continue;
        }
        double right = source.rightWeight * (1.0 / STEPS);
        double lower = source.lowerWeight * (1.0 / STEPS);
        int p = row * width + column;
        boolean onLeft = column >= 0;
        boolean onRight = column < width - 1;
        double sum = 0;
        if (row >= 0) {
          sum += onLeft ? from[p] * ((1 - right) * (1 - lower)) : 0;
          sum += onRight ? from[p + 1] * (right * (1 - lower)) : 0;
        }
        if (row < height - 1) {
          sum += onLeft ? from[p + width] * ((1 - right) * lower) : 0;
          sum += onRight ? from[p + width + 1] * (right * lower) : 0;
        }
        to[out] = sum;
      }
    }
    return to;
  }

  /**
   * Turns an image in [0,1] about its top left corner, its size unchanged.
   *
   * @param from {@code float[height][width][3]}
   * @param radians clockwise on the screen
   * @return {@code float[height][width][3]}
   */
  static float[] rotateAboutCorner(float[] from, int height, int width, double radians) {
    Source source = new Source(StrictMath.cos(radians), StrictMath.sin(radians), 0, 0, width);
    float[] to = new float[from.length];
    int stride = 3 * width;
    for (int y = 0, out = 0; y < height; y++) {
      source.startRow(y);
      for (int x = 0; x < width; x++, out += 3) {
        source.at(x);
        int column = source.column;
        int row = source.row;
        if (column < -1 || row < -1 || column >= width || row >= height) {
          continue;
        }
        float right = source.rightWeight * (1f / STEPS);
        float lower = source.lowerWeight * (1f / STEPS);
        int p = row * stride + 3 * column;
        boolean onLeft = column >= 0;
        boolean onRight = column < width - 1;
        for (int c = 0; c < 3; c++, p++) {
          float sum = 0;
          if (row >= 0) {
            sum += onLeft ? from[p] * ((1 - right) * (1 - lower)) : 0;
            sum += onRight ? from[p + 3] * (right * (1 - lower)) : 0;
          }
          if (row < height - 1) {
            sum += onLeft ? from[p + stride] * ((1 - right) * lower) : 0;
            sum += onRight ? from[p + stride + 3] * (right * lower) : 0;
          }
          to[out + c] = sum;
        }
      }
    }
    return to;
  }

  /** Where each output pixel comes from, in OpenCV's fixed-point arithmetic. */
  private static final class Source {
    /** The inverse of the rotation, rows of two factors and a shift. */
    private final double m00;

    private final double m01;
    private final double m02;
    private final double m10;
    private final double m11;
    private final double m12;
    private final int[] xByColumn;
    private final int[] yByColumn;
    private int xOfRow;
    private int yOfRow;

    int column;
    int row;
    int rightWeight;
    int lowerWeight;

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
      m00 = cos * scale;
      m01 = sin * scale;
      m10 = -sin * scale;
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

    void startRow(int y) {
      xOfRow = fixed(m01 * y + m02) + HALF_STEP;
      yOfRow = fixed(m11 * y + m12) + HALF_STEP;
    }

    void at(int x) {
      int sx = (xOfRow + xByColumn[x]) >> TO_STEPS;
      int sy = (yOfRow + yByColumn[x]) >> TO_STEPS;
      column = sx >> FRACTION_BITS;
      row = sy >> FRACTION_BITS;
      rightWeight = sx & (STEPS - 1);
      lowerWeight = sy & (STEPS - 1);
    }
  }
}
