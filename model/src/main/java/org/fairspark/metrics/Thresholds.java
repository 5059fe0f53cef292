package org.fairspark.metrics;

/** Decision thresholds from counted scores; what exceeds a threshold is anomalous. */
public final class Thresholds {
  private Thresholds() {}

  /**
   * A threshold with its quality.
   *
   * @param score what exceeds it is anomalous
   * @param f1 the harmonic mean of precision and recall there
   */
  public record BestF1(float score, double f1) {}

  /**
   * The quantile of the normal scores, rounded up to the end of its bin: at least this share of
   * them does not exceed it.
   *
   * @param share in [0,1]; 0.999 for a false-positive rate of 0.001
   * @throws IllegalArgumentException if the share is out of range or there are no normal scores
   */
  public static float normalQuantile(ScoreHistogram histogram, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a quantile's share must be in [0,1], got " + share);
    }
    double normal = HistogramAreas.Totals.of(histogram).normal();
    if (normal == 0) {
      throw new IllegalArgumentException(
          "no normal scores: a threshold that normal images set is not defined");
    }
    double wanted = Math.max(1, share * normal);
    double seen = 0;
    for (int i = 0; i < histogram.binCount(); i++) {
      int bin = histogram.firstBin() + i;
      seen += histogram.normal(bin);
      if (seen >= wanted) {
        return histogram.highest(bin);
      }
    }
    return histogram.highest(histogram.firstBin() + histogram.binCount() - 1);
  }

  /**
   * The threshold with the best F1 of anomalous against all other scores, to the width of a bin; of
   * equally good ones the highest.
   *
   * @throws IllegalArgumentException if there are no anomalous scores: without them every threshold
   *     is as good as the lowest
   */
  public static BestF1 bestF1(ScoreHistogram histogram) {
    double anomalous = HistogramAreas.Totals.of(histogram).anomalous();
    if (anomalous == 0) {
      throw new IllegalArgumentException("no anomalous scores: the best F1 is not defined");
    }
    double found = 0;
    double flagged = 0;
    double best = 0;
    int bestBin = histogram.firstBin() + histogram.binCount() - 1;
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      found += histogram.anomalous(bin);
      flagged += (double) histogram.anomalous(bin) + histogram.normal(bin) + histogram.edge(bin);
      double f1 = 2 * found / (flagged + anomalous);
      if (f1 > best) {
        best = f1;
        bestBin = bin;
      }
    }
    return new BestF1(Math.nextDown(histogram.lowest(bestBin)), best);
  }
}
