package org.fairspark.metrics;

import java.util.Arrays;

/**
 * The ROC curve of image scores, exact: a point for each different score, ties as one step.
 *
 * @param falsePositiveRates from 0 to 1, not decreasing
 * @param truePositiveRates likewise, as many
 */
public record ImageRoc(double[] falsePositiveRates, double[] truePositiveRates) {

  /**
   * The curve.
   *
   * @throws IllegalArgumentException if either kind of image is missing
   */
  public static ImageRoc of(double[] normal, double[] anomalous) {
    if (normal.length == 0 || anomalous.length == 0) {
      throw new IllegalArgumentException(
          "a ROC curve needs both kinds of images, got %d normal and %d anomalous"
              .formatted(normal.length, anomalous.length));
    }
    double[] negatives = normal.clone();
    double[] positives = anomalous.clone();
    Arrays.sort(negatives);
    Arrays.sort(positives);
    double[] fpr = new double[negatives.length + positives.length + 1];
    double[] tpr = new double[fpr.length];
    int n = negatives.length;
    int p = positives.length;
    int points = 1;
    while (n > 0 || p > 0) {
      double score =
          Math.max(
              n > 0 ? negatives[n - 1] : -Double.MAX_VALUE,
              p > 0 ? positives[p - 1] : -Double.MAX_VALUE);
      while (n > 0 && negatives[n - 1] >= score) {
        n--;
      }
      while (p > 0 && positives[p - 1] >= score) {
        p--;
      }
      fpr[points] = 1 - (double) n / negatives.length;
      tpr[points] = 1 - (double) p / positives.length;
      points++;
    }
    return new ImageRoc(Arrays.copyOf(fpr, points), Arrays.copyOf(tpr, points));
  }
}
