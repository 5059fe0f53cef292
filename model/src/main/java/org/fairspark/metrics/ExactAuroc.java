package org.fairspark.metrics;

/** AUROC of listed scores. */
final class ExactAuroc {
  private ExactAuroc() {}

  /**
   * Computes the area under the ROC curve: the probability that an anomalous score exceeds a normal
   * one, where ties count one half.
   *
   * @param normal in rising order, not empty
   * @param anomalous in rising order, not empty
   */
  static double of(float[] normal, float[] anomalous) {
    long twice = 0;
    int below = 0;
    int upTo = 0;
    for (float score : anomalous) {
      while (below < normal.length && normal[below] < score) {
        below++;
      }
      while (upTo < normal.length && normal[upTo] <= score) {
        upTo++;
      }
      twice += (long) below + upTo;
    }
    return twice / 2.0 / normal.length / anomalous.length;
  }
}
