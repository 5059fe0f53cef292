package org.fairspark.corruption;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * A change that a production line makes to pictures of good parts without being a defect: another
 * light, a camera that has moved a little, a part that lies a little askew.
 *
 * @param gamma exponent of the gray values in [0,1]
 * @param contrast factor about mid gray
 * @param brightness factor after the contrast
 * @param degrees clockwise rotation about the centre
 * @param down shift of the content, as a fraction of the height
 * @param across shift of the content, as a fraction of the width
 */
public record LineVariation(
    double gamma, double contrast, double brightness, double degrees, double down, double across) {
  private static final double MAX_GAMMA = 1.25;
  private static final double MAX_CONTRAST = 0.15;
  private static final double MAX_BRIGHTNESS = 0.2;
  private static final double MAX_DEGREES = 2;
  private static final double MAX_SHIFT = 0.02;

  /**
   * Draws a change: gamma from 0.8 to 1.25, contrast within 15 %, brightness within 20 %, rotation
   * within 2 degrees, shift within 2 % of a side.
   */
  public static LineVariation draw(SeededRandom random) {
    return new LineVariation(
        StrictMath.pow(MAX_GAMMA, random.nextDouble(-1, 1)),
        1 + random.nextDouble(-MAX_CONTRAST, MAX_CONTRAST),
        1 + random.nextDouble(-MAX_BRIGHTNESS, MAX_BRIGHTNESS),
        random.nextDouble(-MAX_DEGREES, MAX_DEGREES),
        random.nextDouble(-MAX_SHIFT, MAX_SHIFT),
        random.nextDouble(-MAX_SHIFT, MAX_SHIFT));
  }

  /**
   * Applies the change: turned and shifted bilinearly, and enlarged as little as it takes to show
   * nothing beyond the border, which would look like a defect; then the gray values of each
   * channel.
   *
   * @param image {@code uint8[H][W][C]}
   * @return a new image of the same size
   */
  public PixelImage apply(PixelImage image) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    byte[] tones = tones();
    byte[] to = new byte[image.pixels().length];
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    double middleRow = (height - 1) / 2.0;
    double middleColumn = (width - 1) / 2.0;
    double shiftDown = down * height;
    double shiftAcross = across * width;
    double inside = inside(middleRow, middleColumn, cos, sin, shiftDown, shiftAcross);
    for (int r = 0, out = 0; r < height; r++) {
      double y = inside * (r - middleRow);
      for (int c = 0; c < width; c++) {
        double x = inside * (c - middleColumn);
        double row = within(middleRow + cos * y - sin * x - shiftDown, height);
        double column = within(middleColumn + sin * y + cos * x - shiftAcross, width);
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(top + 1, height - 1);
        int right = Math.min(left + 1, width - 1);
        double lower = row - top;
        double outer = column - left;
        for (int channel = 0; channel < channels; channel++, out++) {
          double upperValue =
              (1 - outer) * image.at(top, left, channel) + outer * image.at(top, right, channel);
          double lowerValue =
              (1 - outer) * image.at(bottom, left, channel)
                  + outer * image.at(bottom, right, channel);
          to[out] = tones[(int) Math.round((1 - lower) * upperValue + lower * lowerValue)];
        }
      }
    }
    return new PixelImage(channels, height, width, to);
  }

  /** Returns the largest part of the image that is inside it when turned and shifted, up to 1. */
  private static double inside(
      double middleRow,
      double middleColumn,
      double cos,
      double sin,
      double shiftDown,
      double shiftAcross) {
    double reachDown = Math.abs(cos) * middleRow + Math.abs(sin) * middleColumn;
    double reachAcross = Math.abs(cos) * middleColumn + Math.abs(sin) * middleRow;
    double inside =
        Math.min(
            (middleRow - Math.abs(shiftDown)) / reachDown,
            (middleColumn - Math.abs(shiftAcross)) / reachAcross);
    return Math.max(0, Math.min(1, inside));
  }

  /** Mends what rounding leaves outside. */
  private static double within(double at, int length) {
    return Math.max(0, Math.min(length - 1, at));
  }

  /** Returns the new value of each of the 256 gray values. */
  private byte[] tones() {
    byte[] tones = new byte[256];
    for (int v = 0; v < tones.length; v++) {
      double curved = StrictMath.pow(v / 255.0, gamma);
      double lit = brightness * (contrast * (curved - 0.5) + 0.5);
      tones[v] = (byte) Math.round(255 * Math.max(0, Math.min(1, lit)));
    }
    return tones;
  }
}
