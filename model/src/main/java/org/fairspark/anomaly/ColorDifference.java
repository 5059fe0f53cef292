package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/** The squared difference in CIELAB's a and b; lightness is left out (paper equation 9). */
final class ColorDifference {
  private ColorDifference() {}

  /** Adds k times the squared difference to the map. */
  static void add(
      FloatImage original, FloatImage restored, ColorOrder order, float weight, float[] map) {
    int plane = map.length;
    int red = order == ColorOrder.RGB ? 0 : 2 * plane;
    int blue = 2 * plane - red;
    float[] u = original.values();
    float[] v = restored.values();
    for (int p = 0; p < plane; p++) {
      double r = CieLab.linear(u[red + p]);
      double g = CieLab.linear(u[plane + p]);
      double b = CieLab.linear(u[blue + p]);
      double fy = CieLab.f(CieLab.y(r, g, b));
      double a1 = CieLab.f(CieLab.x(r, g, b)) - fy;
      double b1 = fy - CieLab.f(CieLab.z(r, g, b));
      r = CieLab.linear(v[red + p]);
      g = CieLab.linear(v[plane + p]);
      b = CieLab.linear(v[blue + p]);
      fy = CieLab.f(CieLab.y(r, g, b));
      double da = 500 * (a1 - CieLab.f(CieLab.x(r, g, b)) + fy);
      double db = 200 * (b1 - fy + CieLab.f(CieLab.z(r, g, b)));
      map[p] += (float) (weight * (da * da + db * db));
    }
  }
}
