package org.fairspark.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The areas and curves of a {@link ScoreHistogram}. The order of scores in one bin is unknown; the
 * bounds hold for every order.
 */
final class HistogramAreas {
  private static final int CURVE_POINTS = 200;

  private HistogramAreas() {}

  /**
   * Computes AUROC of anomalous pixels against all others, edges included; there must be some of
   * each.
   */
  static Area auroc(ScoreHistogram histogram) {
    double below = 0;
    double anomalous = 0;
    double certain = 0;
    double tied = 0;
    for (int i = 0; i < histogram.binCount(); i++) {
      int bin = histogram.firstBin() + i;
      double positives = histogram.anomalous(bin);
      double negatives = (double) histogram.normal(bin) + histogram.edge(bin);
      certain += positives * below;
      tied += positives * negatives;
      below += negatives;
      anomalous += positives;
    }
    double pairs = below * anomalous;
    double half = tied / 2 / pairs;
    return Area.of(certain / pairs + half, histogram.isExact() ? 0 : half);
  }

  /**
   * Computes AUPRO up to a false-positive rate; there must be regions and normal pixels.
   *
   * @param largestRegion pixels of the largest region, which bound the rounding of fixed-point
   *     weights
   */
  static Area aupro(ScoreHistogram histogram, double limit, long largestRegion) {
    return overlap(histogram, histogram::weight, limit, largestRegion);
  }

  /**
   * Computes the area under the curve of the saturated per-region overlap (sPRO; Bergmann et al.,
   * International Journal of Computer Vision, 2022) up to a false-positive rate; there must be
   * defects whose saturation is known, and normal pixels.
   *
   * @param mostSaturating the most pixels that saturate a defect
   */
  static Area auSpro(ScoreHistogram histogram, double limit, long mostSaturating) {
    return overlap(histogram, histogram::saturated, limit, mostSaturating);
  }

  private static Area overlap(
      ScoreHistogram histogram, IntToLongFunction weights, double limit, long largestRegion) {
    double normals = 0;
    double all = 0;
    for (int i = 0; i < histogram.binCount(); i++) {
      normals += histogram.normal(histogram.firstBin() + i);
      all += weights.applyAsLong(histogram.firstBin() + i);
    }
    CurveArea area = new CurveArea(limit);
    double normal = 0;
    double weight = 0;
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      normal += histogram.normal(bin);
      weight += weights.applyAsLong(bin);
      area.to(normal / normals, weight / all);
    }
    double rounding = (double) largestRegion / ScoreHistogram.UNIT;
    return Area.of(area.estimate(), (histogram.isExact() ? 0 : area.halfWidth()) + rounding);
  }

  /** Returns the ROC curve of pixels, at most 200 points, from (0, 0) to (1, 1). */
  static List<CurvePoint> roc(ScoreHistogram histogram) {
    Totals totals = Totals.of(histogram);
    Thinning curve = new Thinning();
    double negatives = 0;
    double positives = 0;
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      negatives += (double) histogram.normal(bin) + histogram.edge(bin);
      positives += histogram.anomalous(bin);
      curve.add(negatives / (totals.normal + totals.edge), positives / totals.anomalous, i == 0);
    }
    return curve.points;
  }

  /** Returns the per-region overlap curve, at most 200 points, from (0, 0) to (1, 1). */
  static List<CurvePoint> pro(ScoreHistogram histogram) {
    Totals totals = Totals.of(histogram);
    Thinning curve = new Thinning();
    double normal = 0;
    double weight = 0;
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      normal += histogram.normal(bin);
      weight += histogram.weight(bin);
      curve.add(normal / totals.normal, weight / totals.weight, i == 0);
    }
    return curve.points;
  }

  /** Sums over all bins. */
  record Totals(double normal, double edge, double anomalous, double weight) {
    static Totals of(ScoreHistogram histogram) {
      double normal = 0;
      double edge = 0;
      double anomalous = 0;
      double weight = 0;
      for (int i = 0; i < histogram.binCount(); i++) {
        int bin = histogram.firstBin() + i;
        normal += histogram.normal(bin);
        edge += histogram.edge(bin);
        anomalous += histogram.anomalous(bin);
        weight += histogram.weight(bin);
      }
      return new Totals(normal, edge, anomalous, weight);
    }
  }

  /**
   * A filter of points that keeps those that are evenly far apart along the curve, whose length is
   * at most 2.
   */
  private static final class Thinning {
    private static final double STEP = 2.0 / (CURVE_POINTS - 3);

    private final List<CurvePoint> points = new ArrayList<>();
    private double lastX;
    private double lastY;

    Thinning() {
      points.add(new CurvePoint(0, 0));
    }

    void add(double x, double y, boolean last) {
      if (last || x - lastX + y - lastY >= STEP) {
        points.add(new CurvePoint(x, y));
        lastX = x;
        lastY = y;
      }
    }
  }
}
