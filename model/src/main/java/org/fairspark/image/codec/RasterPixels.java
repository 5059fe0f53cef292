package org.fairspark.image.codec;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import org.fairspark.image.PixelImage;

/**
 * Conversion of an image that {@code javax.imageio} has read, from its stored samples. {@code
 * getRGB} is not used: it changes gray and 16-bit values by the gamma of Java's gray colour space.
 */
final class RasterPixels {
  private RasterPixels() {}

  /**
   * Converts an image.
   *
   * @param format the format's name, for messages
   * @param mask whether to make a mask
   * @return {@code uint8[H][W][1]} for a mask, otherwise {@code uint8[H][W][3]}
   */
  static PixelImage of(BufferedImage image, String format, boolean mask)
      throws UndecodableImageException {
    Raster raster = image.getRaster();
    SampleModel samples = raster.getSampleModel();
    int type = samples.getDataType();
    int bands = samples.getNumBands();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE || maxBits(samples) > 16) {
      throw UndecodableImageException.unsupported(
          "the %s has floating-point samples or more than 16 bits per sample".formatted(format));
    }
    ColorModel colors = image.getColorModel();
    int width = image.getWidth();
    int height = image.getHeight();
    int channels = mask ? 1 : 3;
    byte[] pixels = new byte[channels * height * width];
    int[] row = new int[bands * width];
    int[] rgb = new int[3];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        boolean black = toRgb(row, x * bands, bands, samples, colors, rgb);
        if (mask) {
          byte v = rgb[0] == rgb[1] && rgb[1] == rgb[2] ? (byte) rgb[0] : luma(rgb);
          pixels[out++] = v == 0 && !black ? 1 : v;
        } else {
          pixels[out++] = (byte) rgb[0];
          pixels[out++] = (byte) rgb[1];
          pixels[out++] = (byte) rgb[2];
        }
      }
    }
    return new PixelImage(channels, height, width, pixels);
  }

  private static byte luma(int[] rgb) {
    return MaskValue.ofRgb(rgb[0], rgb[1], rgb[2]);
  }

  private static int maxBits(SampleModel samples) {
    int maxBits = 0;
    for (int bits : samples.getSampleSize()) {
      maxBits = Math.max(maxBits, bits);
    }
    return maxBits;
  }

  /**
   * Converts one pixel to 8-bit RGB; returns whether its stored samples, not only their high bytes,
   * are black.
   */
  private static boolean toRgb(
      int[] row, int at, int bands, SampleModel samples, ColorModel colors, int[] rgb) {
    if (colors instanceof IndexColorModel palette) {
      rgb[0] = palette.getRed(row[at]);
      rgb[1] = palette.getGreen(row[at]);
      rgb[2] = palette.getBlue(row[at]);
      return (rgb[0] | rgb[1] | rgb[2]) == 0;
    }
    if (bands < 3) {
      int gray = toByte(row[at], samples.getSampleSize(0));
      rgb[0] = gray;
      rgb[1] = gray;
      rgb[2] = gray;
      return row[at] == 0;
    }
    for (int c = 0; c < 3; c++) {
      rgb[c] = toByte(row[at + c], samples.getSampleSize(c));
    }
    if (bands >= 4 && colors.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      int light = 255 - toByte(row[at + 3], samples.getSampleSize(3));
      for (int c = 0; c < 3; c++) {
        rgb[c] = (255 - rgb[c]) * light / 255;
      }
      return (rgb[0] | rgb[1] | rgb[2]) == 0;
    }
    return (row[at] | row[at + 1] | row[at + 2]) == 0;
  }

  private static int toByte(int sample, int bits) {
    return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }
}
