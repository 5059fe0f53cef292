package org.fairspark.corruption;

import java.util.Arrays;
import org.fairspark.color.ByteColorSpace;

/**
 * The texture augmenters' arithmetic with given parameters, as imgaug 0.4 and Pillow compute it.
 * Each method changes {@code uint8[H][W][3]} in place.
 */
final class PixelFilters {
  private PixelFilters() {}

  /** Raises each channel, as a fraction of 255, to its own power. */
  static void gamma(byte[] pixels, double[] gamma) {
    for (int c = 0; c < 3; c++) {
      byte[] table = new byte[256];
      for (int v = 0; v < 256; v++) {
        table[v] = (byte) (255 * StrictMath.pow(v / 255.0, gamma[c]));
      }
      map(pixels, c, table);
    }
  }

  /** Scales brightness and adds to it, in that order or the other. */
  static void brightness(
      byte[] pixels, ByteColorSpace space, double factor, int offset, boolean factorFirst) {
    space.fromRgb(pixels);
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      int scaled = factorFirst ? scale(v, factor) : clip(v + offset);
      table[v] = (byte) (factorFirst ? clip(scaled + offset) : scale(scaled, factor));
    }
    map(pixels, space.brightness(), table);
    space.toRgb(pixels);
  }

  private static int scale(int value, double factor) {
    return clip((int) (value * (float) factor));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /**
   * Smooths or sharpens as Pillow's {@code ImageEnhance.Sharpness}.
   *
   * @param factor 0 gives a smoothed image, 1 the image itself, 2 a sharpened one; the outermost
   *     pixels stay
   */
  static void sharpness(byte[] pixels, int height, int width, double factor) {
    byte[] in = pixels.clone();
    int stride = 3 * width;
    float f = (float) factor;
    float side = 1f / 13;
    float centre = 5f / 13;
    for (int y = 1; y < height - 1; y++) {
      for (int i = y * stride + 3; i < (y + 1) * stride - 3; i++) {
        int around =
            (in[i - stride - 3] & 0xFF)
                + (in[i - stride] & 0xFF)
                + (in[i - stride + 3] & 0xFF)
                + (in[i - 3] & 0xFF)
                + (in[i + 3] & 0xFF)
                + (in[i + stride - 3] & 0xFF)
                + (in[i + stride] & 0xFF)
                + (in[i + stride + 3] & 0xFF);
        int v = in[i] & 0xFF;
        int smooth = (int) (around * side + v * centre + 0.5f);
        pixels[i] = (byte) clip((int) (smooth + f * (v - smooth)));
      }
    }
  }

  /**
   * Shifts hue and saturation of 8-bit HSV.
   *
   * @param hue in steps of 1/255 of the circle
   * @param saturation in steps of 1/255
   */
  static void hueAndSaturation(byte[] pixels, int hue, int saturation) {
    // Rounded toward zero, as imgaug casts.
    int shift = (int) (hue / 255.0 * 180);
    ByteColorSpace.HSV.fromRgb(pixels);
    byte[] hues = new byte[256];
    byte[] saturations = new byte[256];
    for (int v = 0; v < 256; v++) {
      hues[v] = (byte) Math.floorMod(v + shift, 180);
      saturations[v] = (byte) clip(v + saturation);
    }
    map(pixels, 0, hues);
    map(pixels, 1, saturations);
    ByteColorSpace.HSV.toRgb(pixels);
  }

  /** Adds to the hue of 8-bit HSV, up to 255; hues of 180 and more begin the circle again. */
  static void hueShift(byte[] pixels, int shift) {
    ByteColorSpace.HSV.fromRgb(pixels);
    byte[] hues = new byte[256];
    for (int v = 0; v < 256; v++) {
      hues[v] = (byte) clip(v + shift);
    }
    map(pixels, 0, hues);
    ByteColorSpace.HSV.toRgb(pixels);
  }

  /** Inverts the values that are at least a threshold. */
  static void solarize(byte[] pixels, int threshold) {
    for (int i = 0; i < pixels.length; i++) {
      int v = pixels[i] & 0xFF;
      pixels[i] = (byte) (v >= threshold ? 255 - v : v);
    }
  }

  /** Keeps the given number of upper bits and clears the others. */
  static void posterize(byte[] pixels, int bits) {
    int kept = 0xFF << (8 - bits);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= (byte) kept;
    }
  }

  /** Inverts all values. */
  static void invert(byte[] pixels) {
    solarize(pixels, 0);
  }

  /**
   * Stretches each channel's range to 0..255, as Pillow's {@code ImageOps.autocontrast}.
   *
   * @param cutoff percent of the pixels that are ignored at either end
   */
  static void autocontrast(byte[] pixels, int cutoff) {
    for (int c = 0; c < 3; c++) {
      int[] histogram = histogram(pixels, c);
      int cut = (int) ((long) (pixels.length / 3) * cutoff / 100);
      trim(histogram, cut, 0, 1);
      trim(histogram, cut, 255, -1);
      int low = 0;
      while (low < 255 && histogram[low] == 0) {
        low++;
      }
      int high = 255;
      while (high > 0 && histogram[high] == 0) {
        high--;
      }
      if (high > low) {
        stretch(pixels, c, low, high);
      }
    }
  }

  /** Removes pixels from one end of a histogram. */
  private static void trim(int[] histogram, int count, int from, int step) {
    int left = count;
    for (int v = from; left > 0 && v >= 0 && v < 256; v += step) {
      int taken = Math.min(left, histogram[v]);
      histogram[v] -= taken;
      left -= taken;
    }
  }

  private static void stretch(byte[] pixels, int channel, int low, int high) {
    double scale = 255.0 / (high - low);
    double offset = -low * scale;
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      table[v] = (byte) clip((int) (v * scale + offset));
    }
    map(pixels, channel, table);
  }

  /** Equalizes each channel's histogram, as imgaug does for images of 4096 values and more. */
  static void equalize(byte[] pixels) {
    for (int c = 0; c < 3; c++) {
      int[] histogram = histogram(pixels, c);
      int step = (pixels.length / 3 - histogram[255]) / 255;
      boolean flat = Arrays.stream(histogram).filter(n -> n > 0).count() <= 1;
      if (step == 0 || flat) {
        continue;
      }
      byte[] table = new byte[256];
      int below = step / 2;
      for (int v = 0; v < 256; v++) {
        table[v] = (byte) Math.min(255, below / step);
        below += histogram[v];
      }
      map(pixels, c, table);
    }
  }

  /** Sets channels to zero. */
  static void dropout(byte[] pixels, boolean[] dropped) {
    for (int c = 0; c < 3; c++) {
      if (dropped[c]) {
        map(pixels, c, new byte[256]);
      }
    }
  }

  private static int[] histogram(byte[] pixels, int channel) {
    int[] histogram = new int[256];
    for (int i = channel; i < pixels.length; i += 3) {
      histogram[pixels[i] & 0xFF]++;
    }
    return histogram;
  }

  private static void map(byte[] pixels, int channel, byte[] table) {
    for (int i = channel; i < pixels.length; i += 3) {
      pixels[i] = table[pixels[i] & 0xFF];
    }
  }
}
