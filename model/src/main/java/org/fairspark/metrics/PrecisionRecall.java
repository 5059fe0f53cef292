package org.fairspark.metrics;

/**
 * Average precision and the best F1 of scores that are anomalous or normal, from counts by falling
 * score. Average precision is the sum over distinct scores of precision times the step of recall,
 * as scikit-learn's {@code average_precision_score} defines it; nothing is interpolated.
 *
 * <p>Counts may be of runs of neighbouring scores whose order is not known. Both values are then
 * those of one score for the run, and the bounds hold for every order: the precision at any
 * anomalous score of a run lies between that of all its normal scores first and that of all its
 * anomalous scores first.
 */
final class PrecisionRecall {
  private final double totalPositives;
  private double truePositives;
  private double falsePositives;
  private double precisions;
  private double leastPrecisions;
  private double mostPrecisions;
  private double bestF1 = -1;
  private double mostF1;
  private float threshold;

  /**
   * @param totalPositives number of anomalous scores
   */
  PrecisionRecall(double totalPositives) {
    this.totalPositives = totalPositives;
  }

  /**
   * Counts the scores of the next lower run.
   *
   * @param positives anomalous ones
   * @param negatives normal ones
   * @param lowest the lowest score of the run
   * @param equal whether all its scores are known to be equal
   */
  void to(double positives, double negatives, float lowest, boolean equal) {
    double before = truePositives;
    double beforeFalse = falsePositives;
    truePositives += positives;
    falsePositives += negatives;
    if (positives == 0) {
      return;
    }
    double here = positives * truePositives / (truePositives + falsePositives);
    precisions += here;
    double f1 = f1(truePositives, falsePositives);
    if (f1 > bestF1) {
      bestF1 = f1;
      threshold = lowest;
    }
    if (equal || negatives == 0) {
      leastPrecisions += equal ? here : least(before, positives, falsePositives);
      mostPrecisions += here;
      mostF1 = Math.max(mostF1, f1);
    } else {
      leastPrecisions += least(before, positives, falsePositives);
      mostPrecisions += positives * truePositives / (truePositives + beforeFalse);
      mostF1 = Math.max(mostF1, f1(truePositives, beforeFalse));
    }
  }

  /**
   * Returns a lower bound of the sum of (t + i) / (t + i + f) for i = 1..n: the positives one after
   * another, behind f negatives. Each 1 / (t + i + f) is below the integral up to it.
   */
  private static double least(double t, double n, double f) {
    return f == 0 ? n : Math.max(0, n - f * Math.log1p(n / (t + f)));
  }

  private double f1(double trues, double falses) {
    return 2 * trues / (totalPositives + trues + falses);
  }

  /** Returns the average precision; there must be anomalous scores. */
  Area averagePrecision() {
    double bound = Math.max(mostPrecisions - precisions, precisions - leastPrecisions);
    return Area.of(precisions / totalPositives, Math.max(0, bound) / totalPositives);
  }

  /** Returns the best F1 and the highest threshold that has it; there must be anomalous scores. */
  F1Threshold best() {
    return new F1Threshold(Area.exact(threshold), Area.of(bestF1, Math.max(0, mostF1 - bestF1)));
  }

  /** Counts a histogram's anomalous scores against all others, edges included. */
  static PrecisionRecall of(ScoreHistogram histogram) {
    PrecisionRecall counted = new PrecisionRecall(HistogramAreas.Totals.of(histogram).anomalous());
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      counted.to(
          histogram.anomalous(bin),
          (double) histogram.normal(bin) + (double) histogram.edge(bin),
          histogram.lowest(bin),
          histogram.isExact());
    }
    return counted;
  }

  /**
   * Counts single scores.
   *
   * @param normal in rising order
   * @param anomalous in rising order
   */
  static PrecisionRecall of(float[] normal, float[] anomalous) {
    PrecisionRecall counted = new PrecisionRecall(anomalous.length);
    int n = normal.length - 1;
    int a = anomalous.length - 1;
    while (a >= 0) {
      float score = anomalous[a];
      int positives = a;
      int above = n;
      while (n >= 0 && normal[n] > score) {
        n--;
      }
      counted.to(0, above - n, score, true);
      above = n;
      while (a >= 0 && anomalous[a] >= score) {
        a--;
      }
      while (n >= 0 && normal[n] >= score) {
        n--;
      }
      counted.to(positives - a, above - n, score, true);
    }
    return counted;
  }
}
