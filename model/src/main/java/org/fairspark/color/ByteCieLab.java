package org.fairspark.color;

import static org.fairspark.color.ByteColorSpace.clip;
import static org.fairspark.color.ByteColorSpace.descale;
import static org.fairspark.color.SrgbTables.ONE;

/** CIELAB of 8-bit sRGB in OpenCV's integer arithmetic: L times 2.55, a and b plus 128. */
final class ByteCieLab {
  /** Linear values are kept in eighths of a byte's steps. */
  private static final int EIGHTHS = 2040;

  private static final int MATRIX_BITS = 12;
  private static final int ROOT_BITS = 15;
  private static final int[] LINEAR = new int[256];
  private static final int[] ROOT = new int[256 * 3 / 2 * 8];

  /** The rows of the matrix to XYZ, each divided by the white point. */
  private static final int[] TO_XYZ = new int[9];

  private static final int[] FROM_XYZ = SrgbTables.fromXyz(SrgbTables.WHITE_X, SrgbTables.WHITE_Z);

  /** By 8-bit lightness: f of the luminance. */
  private static final int[] ROOT_OF_LIGHTNESS = new int[256];

  /** The inverse of f, from this value on. */
  private static final int MIN_ROOT = -8145;

  private static final int[] CUBE = new int[ONE * 9 / 4];

  static {
    double[] white = {SrgbTables.WHITE_X, 1, SrgbTables.WHITE_Z};
    for (int i = 0; i < 9; i++) {
      TO_XYZ[i] = (int) Math.rint((1 << MATRIX_BITS) * SrgbTables.TO_XYZ[i] / white[i / 3]);
    }
    for (int i = 0; i < 256; i++) {
      LINEAR[i] = (int) Math.rint(EIGHTHS * SrgbTables.linear(i / 255.0));
      double lightness = i / 2.55;
      ROOT_OF_LIGHTNESS[i] =
          (int) Math.rint(ONE * (i <= 20 ? 16.0 / 116 + lightness / 116 : (lightness + 16) / 116));
    }
    for (int i = 0; i < ROOT.length; i++) {
      ROOT[i] = (int) Math.rint((1 << ROOT_BITS) * SrgbTables.root(i / (double) EIGHTHS));
    }
    for (int i = 0; i < CUBE.length; i++) {
      int f = i + MIN_ROOT;
      CUBE[i] = f <= 3390 ? f * 108 / 841 - ONE * 16 / 116 * 108 / 841 : f * f / ONE * f / ONE;
    }
  }

  private ByteCieLab() {}

  static void fromRgb(byte[] pixels) {
    int[] m = TO_XYZ;
    for (int i = 0; i < pixels.length; i += 3) {
      int r = LINEAR[pixels[i] & 0xFF];
      int g = LINEAR[pixels[i + 1] & 0xFF];
      int b = LINEAR[pixels[i + 2] & 0xFF];
      int fx = ROOT[descale(r * m[0] + g * m[1] + b * m[2], MATRIX_BITS)];
      int fy = ROOT[descale(r * m[3] + g * m[4] + b * m[5], MATRIX_BITS)];
      int fz = ROOT[descale(r * m[6] + g * m[7] + b * m[8], MATRIX_BITS)];
      // 116 and 16 times 2.55, rounded.
      pixels[i] = clip(descale(296 * fy - 1336934, ROOT_BITS));
      pixels[i + 1] = clip(descale(500 * (fx - fy) + (128 << ROOT_BITS), ROOT_BITS));
      pixels[i + 2] = clip(descale(200 * (fy - fz) + (128 << ROOT_BITS), ROOT_BITS));
    }
  }

  static void toRgb(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      int l = pixels[i] & 0xFF;
      int fy = ROOT_OF_LIGHTNESS[l];
      // (a - 128) / 500 and (b - 128) / 200.
      int a = ((5 * (pixels[i + 1] & 0xFF) * 53687 + (1 << 7)) >> 13) - 128 * ONE / 500;
      int b = (((pixels[i + 2] & 0xFF) * 41943 + (1 << 4)) >> 9) - 128 * ONE / 200 + 1;
      int x = CUBE[fy + a - MIN_ROOT];
      int z = CUBE[fy - b - MIN_ROOT];
      SrgbTables.put(pixels, i, FROM_XYZ, x, SrgbTables.LUMINANCE[l], z);
    }
  }
}
