package org.fairspark.notebook;

import java.awt.image.BufferedImage;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * Images and tensors made visible. Anomaly maps are made so by {@link
 * org.fairspark.anomaly.HeatMap}.
 */
public final class Pictures {
  private Pictures() {}

  /** Returns an image as it is: gray or RGB. */
  public static BufferedImage of(PixelImage image) {
    BufferedImage picture = blank(image.width(), image.height());
    int last = image.channels() - 1;
    for (int r = 0; r < image.height(); r++) {
      for (int c = 0; c < image.width(); c++) {
        int red = image.at(r, c, 0);
        picture.setRGB(
            c, r, rgb(red, image.at(r, c, Math.min(1, last)), image.at(r, c, Math.min(2, last))));
      }
    }
    return picture;
  }

  /**
   * Returns a plane about zero, such as a high-pass: zero is mid-gray.
   *
   * @param plane {@code float[height][width]}
   * @param limit the value that is white; its negative is black
   */
  public static BufferedImage signed(float[] plane, int height, int width, double limit) {
    return scaled(plane, height, width, -limit, limit);
  }

  /** Returns one channel of a tensor about zero; see {@link #signed(float[], int, int, double)}. */
  public static BufferedImage signed(FloatImage tensor, int channel, double limit) {
    return signed(plane(tensor, channel), tensor.height(), tensor.width(), limit);
  }

  /**
   * Returns a plane as a gray picture.
   *
   * @param plane {@code float[height][width]}
   * @param black the value that is black, and what is below it
   * @param white the value that is white, and what is above it
   */
  public static BufferedImage scaled(
      float[] plane, int height, int width, double black, double white) {
    requireRange(black, white);
    BufferedImage picture = blank(width, height);
    for (int i = 0; i < height * width; i++) {
      int gray = (int) Math.round(255 * share(plane[i], black, white));
      picture.setRGB(i % width, i / width, rgb(gray, gray, gray));
    }
    return picture;
  }

  /** Returns the picture enlarged: each pixel becomes a square of pixels, without interpolation. */
  public static BufferedImage enlarged(BufferedImage picture, int times) {
    BufferedImage large = blank(picture.getWidth() * times, picture.getHeight() * times);
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        large.setRGB(x, y, picture.getRGB(x / times, y / times));
      }
    }
    return large;
  }

  /** Returns one channel of a tensor, {@code float[height][width]}. */
  public static float[] plane(FloatImage tensor, int channel) {
    int size = tensor.height() * tensor.width();
    return java.util.Arrays.copyOfRange(tensor.values(), channel * size, (channel + 1) * size);
  }

  private static void requireRange(double low, double high) {
    if (!(high > low)) {
      throw new IllegalArgumentException("no values lie between %s and %s".formatted(low, high));
    }
  }

  private static double share(double value, double low, double high) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  private static BufferedImage blank(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }
}
