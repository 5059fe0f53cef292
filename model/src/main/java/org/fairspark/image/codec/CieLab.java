package org.fairspark.image.codec;

/**
 * The conversion of 8-bit CIE L*a*b* of white D50 (TIFF 6.0, section 23) to sRGB as libtiff makes
 * it for OpenCV: its matrix from D50 as if it were D65, gamma 2.4, in single precision.
 */
final class CieLab {
  private static final int RANGE = 1500;
  private static final float WHITE_X = 96.425f;
  private static final float WHITE_Y = 100f;
  private static final float WHITE_Z = 82.468f;

  /** Light that a display gives for black. */
  private static final float BLACK_LIGHT = 1f;

  private static final float STEP = (WHITE_Y - BLACK_LIGHT) / RANGE;
  private static final float[] BYTES = new float[RANGE + 1];

  static {
    for (int i = 0; i <= RANGE; i++) {
      BYTES[i] = 255f * (float) Math.pow((double) i / RANGE, 1.0 / 2.4f);
    }
  }

  private CieLab() {}

  /** Converts L, a and b in place to red, green and blue. */
  static void toRgb(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      float lightness = (pixels[i] & 0xFF) * 100f / 255f;
      float y;
      float root;
      if (lightness < 8.856f) {
        y = lightness * WHITE_Y / 903.292f;
        root = 7.787f * (y / WHITE_Y) + 16f / 116f;
      } else {
        root = (lightness + 16f) / 116f;
        y = WHITE_Y * root * root * root;
      }
      // The colours are signed.
      float x = light(pixels[i + 1] / 500f + root, WHITE_X);
      float z = light(root - pixels[i + 2] / 200f, WHITE_Z);
      pixels[i] = channel(3.2410f * x - 1.5374f * y - 0.4986f * z);
      pixels[i + 1] = channel(-0.9692f * x + 1.8760f * y + 0.0416f * z);
      pixels[i + 2] = channel(0.0556f * x - 0.2040f * y + 1.0570f * z);
    }
  }

  private static float light(float root, float white) {
    return root < 0.2069f ? white * (root - 0.13793f) / 7.787f : white * root * root * root;
  }

  private static byte channel(float light) {
    float shown = Math.min(WHITE_Y, Math.max(BLACK_LIGHT, light));
    int index = Math.min(RANGE, (int) ((shown - BLACK_LIGHT) / STEP));
    return (byte) Math.min(255, (int) (BYTES[index] + 0.5f));
  }
}
