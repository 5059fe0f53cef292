package org.fairspark.color;

import org.fairspark.image.FloatImage;

/**
 * Conversion of floating-point sRGB to CIELAB under D65, with the constants of kornia 0.6.7, which
 * the reference code calls. Values above 1, as an unclipped restoration has them, continue the
 * curves; negative ones continue their linear parts.
 */
public final class CieLab {
  private static final float LINEAR_BELOW = 0.04045f;
  private static final float CUBE_ROOT_ABOVE = 0.008856f;

  private static final OctaveTable LINEAR =
      new OctaveTable(-5, 2, v -> StrictMath.pow((v + 0.055) / 1.055, 2.4));
  private static final OctaveTable CUBE_ROOT = new OctaveTable(-7, 3, StrictMath::cbrt);

  // The XYZ matrix, each row divided by the white point (0.95047, 1, 1.08883).
  private static final double XR = 0.412453 / 0.95047;
  private static final double XG = 0.357580 / 0.95047;
  private static final double XB = 0.180423 / 0.95047;
  private static final double YR = 0.212671;
  private static final double YG = 0.715160;
  private static final double YB = 0.072169;
  private static final double ZR = 0.019334 / 1.08883;
  private static final double ZG = 0.119193 / 1.08883;
  private static final double ZB = 0.950227 / 1.08883;

  private CieLab() {}

  /**
   * Converts an image.
   *
   * @param rgb {@code float[3][H][W]}
   * @return {@code float[3][H][W]}: L 0..100, a and b about -110..110
   */
  public static FloatImage of(FloatImage rgb, ColorOrder order) {
    int plane = rgb.height() * rgb.width();
    double[] a = new double[plane];
    double[] b = new double[plane];
    chroma(rgb.values(), plane, order, 0, a, b);
    float[] lab = new float[3 * plane];
    float[] v = rgb.values();
    int red = order == ColorOrder.RGB ? 0 : 2 * plane;
    for (int p = 0; p < plane; p++) {
      double luminance =
          y(linear(v[red + p]), linear(v[plane + p]), linear(v[2 * plane - red + p]));
      lab[p] = (float) (116 * f(luminance) - 16);
      lab[plane + p] = (float) a[p];
      lab[2 * plane + p] = (float) b[p];
    }
    return new FloatImage(3, rgb.height(), rgb.width(), lab);
  }

  /**
   * Converts consecutive pixels, as many as the arrays hold, to a and b.
   *
   * @param rgb {@code float[3][plane]}
   * @param plane pixels per channel, H x W
   * @param from the first pixel
   */
  public static void chroma(
      float[] rgb, int plane, ColorOrder order, int from, double[] a, double[] b) {
    int red = from + (order == ColorOrder.RGB ? 0 : 2 * plane);
    int green = from + plane;
    int blue = from + (order == ColorOrder.RGB ? 2 * plane : 0);
    for (int i = 0; i < a.length; i++) {
      double linearRed = linear(rgb[red + i]);
      double linearGreen = linear(rgb[green + i]);
      double linearBlue = linear(rgb[blue + i]);
      double fy = f(y(linearRed, linearGreen, linearBlue));
      a[i] = 500 * (f(x(linearRed, linearGreen, linearBlue)) - fy);
      b[i] = 200 * (fy - f(z(linearRed, linearGreen, linearBlue)));
    }
  }

  /** Returns X as a fraction of white's, from linear RGB; {@link #y} and {@link #z} likewise. */
  private static double x(double r, double g, double b) {
    return XR * r + XG * g + XB * b;
  }

  private static double y(double r, double g, double b) {
    return YR * r + YG * g + YB * b;
  }

  private static double z(double r, double g, double b) {
    return ZR * r + ZG * g + ZB * b;
  }

  /** Returns the linear value of an sRGB value. */
  private static double linear(float v) {
    if (v > LINEAR_BELOW) {
      return v < 4 ? LINEAR.at(v) : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }
    return v * (1 / 12.92);
  }

  /** Returns CIELAB's f of a fraction of white. */
  private static double f(double fraction) {
    float t = (float) fraction;
    if (t > CUBE_ROOT_ABOVE) {
      return t < 8 ? CUBE_ROOT.at(fraction) : StrictMath.cbrt(fraction);
    }
    return 7.787 * fraction + 4.0 / 29;
  }
}
