package org.fairspark.golden;

import java.util.Arrays;
import java.util.Comparator;

/**
 * AUPRO as the paper's evaluation code computes it: thresholds at evenly spaced positions among the
 * sorted normal scores, the false-positive rate taken from the position. With tied scores that rate
 * is wrong, which is why the product does not do so.
 */
final class ReferenceAupro {
  private final double[] fpr;
  private final double[] pro;

  private ReferenceAupro(double[] fpr, double[] pro) {
    this.fpr = fpr;
    this.pro = pro;
  }

  static ReferenceAupro of(float[] scores, int[] regions, int thresholds) {
    float[] normal = new float[scores.length];
    int normals = 0;
    for (int p = 0; p < scores.length; p++) {
      if (regions[p] == 0) {
        normal[normals++] = scores[p];
      }
    }
    Arrays.sort(normal, 0, normals);
    int count = Arrays.stream(regions).max().orElse(0);
    double[] areas = new double[count + 1];
    for (int region : regions) {
      areas[region]++;
    }
    double[] fpr = new double[thresholds + 1];
    double[] pro = new double[thresholds + 1];
    Integer[] falling = new Integer[scores.length];
    Arrays.setAll(falling, p -> p);
    Arrays.sort(falling, Comparator.comparingDouble(p -> -scores[p]));
    double[] above = new double[count + 1];
    double step = (normals - 1) / (double) (thresholds - 1);
    for (int j = thresholds - 1, next = 0; j >= 0; j--) {
      int position = j == thresholds - 1 ? normals - 1 : (int) (j * step);
      while (next < falling.length && scores[falling[next]] > normal[position]) {
        above[regions[falling[next++]]]++;
      }
      double sum = 0;
      for (int region = 1; region <= count; region++) {
        sum += above[region] / areas[region];
      }
      int at = thresholds - 1 - j;
      fpr[at] = 1 - (position + 1) / (double) normals;
      pro[at] = sum / count;
    }
    fpr[thresholds] = 1;
    pro[thresholds] = 1;
    return new ReferenceAupro(fpr, pro);
  }

  /** Returns the false-positive rates, rising, one more than there are thresholds. */
  double[] fpr() {
    return fpr;
  }

  double[] pro() {
    return pro;
  }

  /**
   * Integrates by trapezoids up to the limit, where the last one is cut by linear interpolation.
   */
  double area(double limit) {
    double area = 0;
    for (int i = 1; i < fpr.length && fpr[i - 1] < limit; i++) {
      double end = Math.min(fpr[i], limit);
      double width = end - fpr[i - 1];
      if (width > 0) {
        double endPro = pro[i - 1] + (pro[i] - pro[i - 1]) * width / (fpr[i] - fpr[i - 1]);
        area += width * (pro[i - 1] + endPro) / 2;
      }
    }
    return area / limit;
  }
}
