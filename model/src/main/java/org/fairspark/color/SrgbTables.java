package org.fairspark.color;

/**
 * The fixed-point scales and tables of OpenCV that CIELAB and CIELUV of sRGB have in common (white
 * D65), computed with {@link StrictMath} and so equal on every machine.
 */
final class SrgbTables {
  static final int BITS = 14;

  /** One, in fixed point. */
  static final int ONE = 1 << BITS;

  static final double WHITE_X = 0.950456;
  static final double WHITE_Z = 1.088754;
  static final double[] TO_XYZ = {
    0.412453, 0.357580, 0.180423, 0.212671, 0.715160, 0.072169, 0.019334, 0.119193, 0.950227
  };
  private static final double[] FROM_XYZ = {
    3.240479, -1.53715, -0.498535, -0.969256, 1.875991, 0.041556, 0.055648, -0.204043, 1.057311
  };
  private static final int MATRIX_BITS = 12;
  private static final int LINEAR_STEPS = 1 << 12;

  /** The sRGB byte by linear value, in steps of 1/4096. */
  private static final byte[] GAMMA = new byte[LINEAR_STEPS];

  /** Luminance in fixed point, by 8-bit lightness. */
  static final int[] LUMINANCE = new int[256];

  static {
    for (int i = 0; i < LINEAR_STEPS; i++) {
      double v = i / (double) LINEAR_STEPS;
      double s = v <= 0.0031308 ? v * 12.92 : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
      GAMMA[i] = (byte) Math.rint(255 * s);
    }
    for (int i = 0; i < 256; i++) {
      double lightness = i / 2.55;
      double f = (lightness + 16) / 116;
      LUMINANCE[i] = (int) Math.rint(ONE * (i <= 20 ? lightness * 27 / 24389 : f * f * f));
    }
  }

  private SrgbTables() {}

  /** Returns the linear value, in 0..1, of an sRGB value in 0..1. */
  static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
  }

  /** Returns CIE's f, a cube root with a linear part near zero. */
  static double root(double v) {
    return v > 216.0 / 24389 ? StrictMath.cbrt(v) : v * 841 / 108 + 16.0 / 116;
  }

  /**
   * Returns the fixed-point matrix to linear RGB from XYZ, whose X and Z are fractions of these.
   */
  static int[] fromXyz(double whiteX, double whiteZ) {
    double[] white = {whiteX, 1, whiteZ};
    int[] matrix = new int[9];
    for (int i = 0; i < 9; i++) {
      matrix[i] = (int) Math.rint((1 << MATRIX_BITS) * FROM_XYZ[i] * white[i % 3]);
    }
    return matrix;
  }

  /** Writes the sRGB pixel of X, Y and Z in fixed point. */
  static void put(byte[] pixels, int at, int[] matrix, int x, int y, int z) {
    for (int c = 0; c < 3; c++) {
      int sum = matrix[3 * c] * x + matrix[3 * c + 1] * y + matrix[3 * c + 2] * z;
      int linear = ByteColorSpace.descale(sum, MATRIX_BITS + BITS - 12);
      pixels[at + c] = GAMMA[Math.max(0, Math.min(LINEAR_STEPS - 1, linear))];
    }
  }
}
