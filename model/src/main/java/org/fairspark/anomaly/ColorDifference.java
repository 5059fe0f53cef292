package org.fairspark.anomaly;

import org.fairspark.color.CieLab;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;

/**
 * The squared difference in CIELAB's a and b, {@code da^2 + db^2}; lightness is left out (paper
 * equation 9).
 */
final class ColorDifference {
  private ColorDifference() {}

  /** Adds the weight times the squared difference to the map. */
  static void add(
      FloatImage original, FloatImage restored, ColorOrder order, double weight, float[] map) {
    int width = original.width();
    Row originalRow = new Row(width);
    Row restoredRow = new Row(width);
    for (int at = 0; at < map.length; at += width) {
      CieLab.chroma(original.values(), map.length, order, at, originalRow.a, originalRow.b);
      CieLab.chroma(restored.values(), map.length, order, at, restoredRow.a, restoredRow.b);
      for (int c = 0; c < width; c++) {
        double da = originalRow.a[c] - restoredRow.a[c];
        double db = originalRow.b[c] - restoredRow.b[c];
        map[at + c] += (float) (weight * (da * da + db * db));
      }
    }
  }

  /** The chroma of a row of pixels. */
  private static final class Row {
    private final double[] a;
    private final double[] b;

    Row(int width) {
      this.a = new double[width];
      this.b = new double[width];
    }
  }
}
