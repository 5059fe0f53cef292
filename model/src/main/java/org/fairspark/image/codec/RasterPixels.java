package org.fairspark.image.codec;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.function.IntFunction;
import org.fairspark.image.PixelImage;

/**
 * The conversion of an image that {@code javax.imageio} has read, from its stored samples. {@code
 * getRGB} is not used: it changes gray and 16-bit values by the gamma of Java's gray colour space.
 */
final class RasterPixels {
  private final Raster raster;
  private final ColorModel colors;

  /** Bits of each band's samples. */
  private final int[] bits;

  /** Bits over which the reader has stretched each band's samples. */
  private final int[] storedBits;

  private final boolean firstBandOnly;
  private final boolean negative;

  private RasterPixels(
      Raster raster,
      ColorModel colors,
      int[] bits,
      int[] storedBits,
      boolean firstBandOnly,
      boolean negative) {
    this.raster = raster;
    this.colors = colors;
    this.bits = bits;
    this.storedBits = storedBits;
    this.firstBandOnly = firstBandOnly;
    this.negative = negative;
  }

  /**
   * Returns an image read by the JDK, whose readers stretch samples to the bits in which they are
   * stored.
   */
  static RasterPixels stretched(BufferedImage image) {
    int[] stored = image.getRaster().getSampleModel().getSampleSize();
    return new RasterPixels(
        image.getRaster(), image.getColorModel(), trueBits(image), stored, false, false);
  }

  /**
   * Returns an image read by TwelveMonkeys, which keeps samples as they are; their bits stand in
   * the colour model. Higher bits are not the picture's: inverted samples have ones there.
   */
  static RasterPixels kept(BufferedImage image) {
    int[] bits = trueBits(image);
    return new RasterPixels(image.getRaster(), image.getColorModel(), bits, bits, false, false);
  }

  private static int[] trueBits(BufferedImage image) {
    int[] bits = image.getRaster().getSampleModel().getSampleSize();
    int[] model = image.getColorModel().getComponentSize();
    if (!(image.getColorModel() instanceof IndexColorModel)) {
      for (int i = 0; i < Math.min(bits.length, model.length); i++) {
        bits[i] = Math.min(bits[i], model[i]);
      }
    }
    return bits;
  }

  /** Returns the image's first band as a gray image. */
  RasterPixels firstBand() {
    return new RasterPixels(raster, colors, bits, storedBits, true, negative);
  }

  /** Returns the image with black and white exchanged. */
  RasterPixels inverted() {
    return new RasterPixels(raster, colors, bits, storedBits, firstBandOnly, !negative);
  }

  /** Returns the smallest sample where samples are signed and of 16 bits; 0 if none is negative. */
  int smallestSigned() {
    int smallest = 0;
    int[] row = new int[raster.getWidth() * bands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int sample :
          raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row)) {
        smallest = Math.min(smallest, (short) sample);
      }
    }
    return smallest;
  }

  /** Returns whether both have the same pixels. */
  static boolean areEqual(BufferedImage one, BufferedImage other) {
    if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
      return false;
    }
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        if (one.getRGB(x, y) != other.getRGB(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Converts the image.
   *
   * @param evidenceOf the evidence that the file gives on its depth, by the largest 16-bit sample
   */
  DecodedImage toImage(Decoding how, IntFunction<WideSamples> evidenceOf) {
    return isWide() ? wide(false).toImage(how, evidenceOf) : DecodedImage.of(narrow(how));
  }

  /** Converts an image of signed samples of 16 bits, as {@link #toImage}. */
  DecodedImage toSignedImage(Decoding how, IntFunction<WideSamples> evidenceOf) {
    return wide(true).toImage(how, evidenceOf);
  }

  private int bands() {
    return raster.getNumBands();
  }

  private boolean isGray() {
    return firstBandOnly || bands() < 3 || colors.getNumColorComponents() == 1;
  }

  private boolean isCmyk() {
    return !firstBandOnly
        && bands() >= 4
        && colors.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
  }

  /** Returns whether samples have 16 bits of which the picture may not need all. */
  private boolean isWide() {
    return bits[0] == 16 && !(colors instanceof IndexColorModel) && !isCmyk();
  }

  private WidePixels wide(boolean signed) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int channels = isGray() ? 1 : 3;
    short[] samples = new short[channels * height * width];
    int[] row = new int[bands() * width];
    for (int y = 0, out = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          samples[out++] = (short) sample(row[x * bands() + c], c);
        }
      }
    }
    return new WidePixels(samples, channels, height, width, alpha(), signed);
  }

  private PixelImage narrow(Decoding how) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int channels = how.mask() ? 1 : 3;
    byte[] pixels = new byte[channels * height * width];
    int[] row = new int[bands() * width];
    int[] rgb = new int[3];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        boolean black = toRgb(row, x * bands(), rgb);
        if (how.mask()) {
          byte v = rgb[0] == rgb[1] && rgb[1] == rgb[2] ? (byte) rgb[0] : luma(rgb);
          pixels[out++] = v == 0 && !black ? 1 : v;
        } else {
          pixels[out++] = (byte) rgb[0];
          pixels[out++] = (byte) rgb[1];
          pixels[out++] = (byte) rgb[2];
        }
      }
    }
    byte[] values = how.mask() ? MaskValue.ofColorOrAlpha(pixels, alpha()) : pixels;
    return new PixelImage(channels, height, width, values);
  }

  /** Returns the alpha channel, {@code uint8[H][W]}; null if there is none. */
  private byte[] alpha() {
    int band = bands() - 1;
    if (firstBandOnly || !colors.hasAlpha() || colors instanceof IndexColorModel || band == 0) {
      return null;
    }
    int width = raster.getWidth();
    int[] samples = raster.getSamples(0, 0, width, raster.getHeight(), band, (int[]) null);
    byte[] alpha = new byte[samples.length];
    for (int i = 0; i < alpha.length; i++) {
      int v = toByte(samples[i], bits[band]);
      alpha[i] = (byte) (v == 0 && samples[i] != 0 ? 1 : v);
    }
    return alpha;
  }

  private static byte luma(int[] rgb) {
    return MaskValue.ofRgb(rgb[0], rgb[1], rgb[2]);
  }

  /**
   * Converts one pixel to 8-bit RGB; returns whether its stored samples, not only their high bytes,
   * are black.
   */
  private boolean toRgb(int[] row, int at, int[] rgb) {
    if (colors instanceof IndexColorModel palette) {
      rgb[0] = palette.getRed(row[at]);
      rgb[1] = palette.getGreen(row[at]);
      rgb[2] = palette.getBlue(row[at]);
      return (rgb[0] | rgb[1] | rgb[2]) == 0;
    }
    if (isGray()) {
      int sample = sample(row[at], 0);
      int gray = toByte(sample, bits[0]);
      rgb[0] = gray;
      rgb[1] = gray;
      rgb[2] = gray;
      return sample == 0;
    }
    int any = 0;
    for (int c = 0; c < 3; c++) {
      int sample = sample(row[at + c], c);
      any |= sample;
      rgb[c] = toByte(sample, bits[c]);
    }
    if (isCmyk()) {
      int light = 255 - toByte(row[at + 3], bits[3]);
      for (int c = 0; c < 3; c++) {
        rgb[c] = (255 - rgb[c]) * light / 255;
      }
      return (rgb[0] | rgb[1] | rgb[2]) == 0;
    }
    return any == 0;
  }

  private int sample(int stored, int band) {
    int top = (1 << bits[band]) - 1;
    int all = (1 << storedBits[band]) - 1;
    int sample = all > top ? (stored * top + all / 2) / all : stored & top;
    return negative ? top - sample : sample;
  }

  private static int toByte(int sample, int bits) {
    return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }
}
