package org.fairspark.color;

import static org.fairspark.color.SrgbTables.BITS;
import static org.fairspark.color.SrgbTables.ONE;

/**
 * CIELUV of 8-bit sRGB in OpenCV's integer arithmetic: L times 2.55, u from -134..220, v from
 * -140..122. The conversion from RGB interpolates between the points of a grid.
 */
final class ByteCieLuv {
  private static final double U_LOW = -134;
  private static final double U_RANGE = 354;
  private static final double V_LOW = -140;
  private static final double V_RANGE = 262;
  private static final double WHITE_SUM = SrgbTables.WHITE_X + 15 + 3 * SrgbTables.WHITE_Z;

  /** 13 times u' and v' of white. */
  private static final double WHITE_U = 13 * 4 * SrgbTables.WHITE_X / WHITE_SUM;

  private static final double WHITE_V = 13 * 9 / WHITE_SUM;
  private static final int[] FROM_XYZ = SrgbTables.fromXyz(1, 1);

  /** Points of the grid per axis, 8 byte values apart. */
  private static final int POINTS = 33;

  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;

  /** L, u and v at {@code [blue][green][red]}. */
  private static final short[] GRID = new short[POINTS * POINTS * POINTS * 3];

  /** By lightness and u: 9 (u + 13 L u' of white), times 16. */
  private static final int[] U_NUMERATOR = new int[1 << 16];

  /** By lightness and v: 1 / (4 (v + 13 L v' of white)), clipped to -1/4..1/4, times 2^24. */
  private static final int[] V_RECIPROCAL = new int[1 << 16];

  static {
    fillGrid();
    for (int l = 0; l < 256; l++) {
      double lightness = l / 2.55;
      for (int i = 0; i < 256; i++) {
        double u = i * U_RANGE / 255 + U_LOW;
        double v = i * V_RANGE / 255 + V_LOW;
        U_NUMERATOR[l << 8 | i] = (int) Math.rint(9 * (u + lightness * WHITE_U) * 16);
        double reciprocal = 0.25 / (v + lightness * WHITE_V);
        V_RECIPROCAL[l << 8 | i] =
            (int) Math.rint(Math.max(-0.25, Math.min(0.25, reciprocal)) * (1 << 24));
      }
    }
  }

  private ByteCieLuv() {}

  private static void fillGrid() {
    double[] linear = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      linear[i] = SrgbTables.linear(i / (double) (POINTS - 1));
    }
    double[] m = SrgbTables.TO_XYZ;
    int at = 0;
    for (double b : linear) {
      for (double g : linear) {
        for (double r : linear) {
          double x = r * m[0] + g * m[1] + b * m[2];
          double y = r * m[3] + g * m[4] + b * m[5];
          double z = r * m[6] + g * m[7] + b * m[8];
          double lightness = 116 * SrgbTables.root(y) - 16;
          double d = 4 * 13 / Math.max(x + 15 * y + 3 * z, Math.ulp(1f));
          double u = lightness * (x * d - WHITE_U);
          double v = lightness * (2.25 * y * d - WHITE_V);
          GRID[at++] = (short) Math.rint(ONE * lightness / 100);
          GRID[at++] = (short) Math.rint(ONE * (u - U_LOW) / U_RANGE);
          GRID[at++] = (short) Math.rint(ONE * (v - V_LOW) / V_RANGE);
        }
      }
    }
  }

  static void fromRgb(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      int r = pixels[i] & 0xFF;
      int g = pixels[i + 1] & 0xFF;
      int b = pixels[i + 2] & 0xFF;
      int p = 3 * (((b >> STEP_BITS) * POINTS + (g >> STEP_BITS)) * POINTS + (r >> STEP_BITS));
      int right = r & (STEPS - 1);
      int lower = g & (STEPS - 1);
      int far = b & (STEPS - 1);
      for (int c = 0; c < 3; c++, p++) {
        int front = plane(p, right, lower);
        int back = plane(p + 3 * POINTS * POINTS, right, lower);
        int sum = front * (STEPS - far) + back * far;
        int value = ByteColorSpace.descale(sum, 3 * STEP_BITS);
        pixels[i + c] = ByteColorSpace.clip(value >> (BITS - 8));
      }
    }
  }

  /** Interpolates bilinearly between red and green. */
  private static int plane(int p, int right, int lower) {
    int q = p + 3 * POINTS;
    int above = GRID[p] * (STEPS - right) + GRID[p + 3] * right;
    int below = GRID[q] * (STEPS - right) + GRID[q + 3] * right;
    return above * (STEPS - lower) + below * lower;
  }

  static void toRgb(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      int l = pixels[i] & 0xFF;
      int y = SrgbTables.LUMINANCE[l];
      long u = U_NUMERATOR[l << 8 | (pixels[i + 1] & 0xFF)];
      long v = V_RECIPROCAL[l << 8 | (pixels[i + 2] & 0xFF)];
      long ratio = u * v;
      int x = (int) ((long) y * (int) (ratio / ONE) / ONE);
      long rest = (12 * 13 * 100 * 16 * v * l - ratio * 85) / ONE - 5L * 255 * ONE;
      int scaled = (int) (y * rest / ONE);
      int z = scaled / 256 + scaled / 65536;
      SrgbTables.put(pixels, i, FROM_XYZ, limit(x), y, limit(z));
    }
  }

  /** Clips X or Z to 0..2: rounding of dark colours leaves that range. */
  private static int limit(int v) {
    return Math.max(0, Math.min(2 * ONE, v));
  }
}
