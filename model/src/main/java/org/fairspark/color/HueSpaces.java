package org.fairspark.color;

import static org.fairspark.color.ByteColorSpace.round;

/** HSV and HLS of 8-bit images as OpenCV computes them, hue in 0..179 (half degrees). */
final class HueSpaces {
  private static final int SHIFT = 12;
  private static final int HUES = 180;
  private static final int[] SATURATION_DIVISOR = new int[256];
  private static final int[] HUE_DIVISOR = new int[256];

  /** By sixth of the circle: the indices of the values that are blue, green and red. */
  private static final int[][] SECTORS = {
    {1, 3, 0}, {1, 0, 2}, {3, 0, 1}, {0, 2, 1}, {0, 1, 3}, {2, 1, 0}
  };

  static {
    for (int i = 1; i < 256; i++) {
      SATURATION_DIVISOR[i] = (int) Math.rint((255 << SHIFT) / (double) i);
      HUE_DIVISOR[i] = (int) Math.rint((HUES << SHIFT) / (6.0 * i));
    }
  }

  private HueSpaces() {}

  static void rgbToHsv(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      int r = pixels[i] & 0xFF;
      int g = pixels[i + 1] & 0xFF;
      int b = pixels[i + 2] & 0xFF;
      int max = Math.max(r, Math.max(g, b));
      int range = max - Math.min(r, Math.min(g, b));
      int sixth = max == r ? g - b : max == g ? b - r + 2 * range : r - g + 4 * range;
      int hue = (sixth * HUE_DIVISOR[range] + (1 << (SHIFT - 1))) >> SHIFT;
      pixels[i] = (byte) (hue < 0 ? hue + HUES : hue);
      pixels[i + 1] = (byte) ((range * SATURATION_DIVISOR[max] + (1 << (SHIFT - 1))) >> SHIFT);
      pixels[i + 2] = (byte) max;
    }
  }

  static void hsvToRgb(byte[] pixels) {
    float[] values = new float[4];
    for (int i = 0; i < pixels.length; i += 3) {
      float s = (pixels[i + 1] & 0xFF) * (1f / 255f);
      float v = (pixels[i + 2] & 0xFF) * (1f / 255f);
      float hue = sixths(pixels[i] & 0xFF);
      int sector = (int) hue;
      float h = hue - sector;
      values[0] = v;
      values[1] = v * (1f - s);
      values[2] = v * (1f - s * h);
      values[3] = v * (1f - s * (1f - h));
      int[] which = SECTORS[sector];
      // OpenCV truncates here, and rounds in all other conversions.
      pixels[i] = (byte) (values[which[2]] * 255f);
      pixels[i + 1] = (byte) (values[which[1]] * 255f);
      pixels[i + 2] = (byte) (values[which[0]] * 255f);
    }
  }

  static void rgbToHls(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      float r = (pixels[i] & 0xFF) * (1f / 255f);
      float g = (pixels[i + 1] & 0xFF) * (1f / 255f);
      float b = (pixels[i + 2] & 0xFF) * (1f / 255f);
      float max = Math.max(r, Math.max(g, b));
      float min = Math.min(r, Math.min(g, b));
      float range = max - min;
      float l = (max + min) * 0.5f;
      float h = 0;
      float s = 0;
      if (range > Math.ulp(1f)) {
        s = l < 0.5f ? range / (max + min) : range / (2 - max - min);
        float scale = 60f / range;
        if (max == r) {
          h = (g - b) * scale;
        } else if (max == g) {
          h = (b - r) * scale + 120f;
        } else {
          h = (r - g) * scale + 240f;
        }
        h = h < 0 ? h + 360f : h;
      }
      pixels[i] = round(h * 0.5f);
      pixels[i + 1] = round(l * 255f);
      pixels[i + 2] = round(s * 255f);
    }
  }

  static void hlsToRgb(byte[] pixels) {
    float[] values = new float[4];
    for (int i = 0; i < pixels.length; i += 3) {
      float l = (pixels[i + 1] & 0xFF) * (1f / 255f);
      float s = (pixels[i + 2] & 0xFF) * (1f / 255f);
      float hue = sixths(pixels[i] & 0xFF);
      int sector = (int) hue;
      float h = hue - sector;
      float high = l <= 0.5f ? l * (1 + s) : l + s - l * s;
      float low = 2 * l - high;
      values[0] = high;
      values[1] = low;
      values[2] = low + (high - low) * (1 - h);
      values[3] = low + (high - low) * h;
      int[] which = SECTORS[sector];
      pixels[i] = round(values[which[2]] * 255f);
      pixels[i + 1] = round(values[which[1]] * 255f);
      pixels[i + 2] = round(values[which[0]] * 255f);
    }
  }

  /** Converts a hue to sixths of the circle, 0 to below 6; hues of 180 and more begin again. */
  private static float sixths(int hue) {
    float h = hue * (6f / HUES);
    return h >= 6 ? h - 6 : h;
  }
}
