package org.fairspark.calibration;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A threshold that a normal image's score exceeds with at most a required probability: an order
 * statistic of the scores of normal images that the model was not trained on (split conformal
 * prediction). The only assumption is that new normal images are distributed as those; no anomalous
 * image is needed.
 *
 * <p>Both intervals hold for any distribution of the scores. The number of scores at or below the
 * distribution's quantile is binomial, which bounds the quantile by two order statistics; the
 * probability of exceeding the k-th largest of n scores is Beta(k, n + 1 - k), which bounds the
 * threshold's true false-positive rate.
 *
 * @param value the threshold; a score above it is called anomalous
 * @param rank the threshold's position among the scores in rising order, from 1
 * @param count the number of scores
 * @param falsePositiveRate the required rate
 * @param confidence of both intervals, inside (0, 1)
 * @param low lower bound of the quantile of all normal images; negative infinity if the scores are
 *     too few for one
 * @param high upper bound of that quantile; positive infinity if the scores are too few for one
 * @param rateLow lower bound of this threshold's true false-positive rate
 * @param rateHigh upper bound of that rate
 * @see <a href="https://arxiv.org/abs/2107.07511">Angelopoulos and Bates, A gentle introduction to
 *     conformal prediction</a>
 */
public record Threshold(
    float value,
    int rank,
    int count,
    double falsePositiveRate,
    double confidence,
    float low,
    float high,
    double rateLow,
    double rateHigh) {
  /** Guards the rank against what a rate such as 0.05 loses in binary. */
  private static final double ROUNDING = 1e-9;

  /** Absolute accuracy of the rates' bounds. */
  private static final double RATE_ACCURACY = 1e-15;

  /**
   * Computes the threshold for a rate.
   *
   * @param scores of normal images, finite, in any order
   * @param rate the required false-positive rate, inside (0, 1)
   * @param confidence of the intervals, inside (0, 1)
   * @throws IllegalArgumentException if there are fewer scores than {@link #minCount}, or one is
   *     not finite
   */
  public static Threshold of(float[] scores, double rate, double confidence) {
    int n = scores.length;
    if (n < minCount(rate)) {
      throw new IllegalArgumentException(
          "a false-positive rate of %s takes at least %d normal images, got %d"
              .formatted(rate, minCount(rate), n));
    }
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[n - 1])) {
      throw new IllegalArgumentException("scores must be finite: did the restoration diverge?");
    }
    int above = (int) Math.floor((n + 1) * rate + ROUNDING);
    int rank = Math.max(1, n + 1 - above);
    double tail = (1 - confidence) / 2;
    // No generator: nothing is sampled from the distributions.
    BinomialDistribution below = new BinomialDistribution(null, n, 1 - rate);
    int lowRank = below.inverseCumulativeProbability(tail);
    int highRank = below.inverseCumulativeProbability(1 - tail) + 1;
    BetaDistribution trueRate = new BetaDistribution(null, n + 1.0 - rank, rank, RATE_ACCURACY);
    return new Threshold(
        sorted[rank - 1],
        rank,
        n,
        rate,
        confidence,
        lowRank < 1 ? Float.NEGATIVE_INFINITY : sorted[lowRank - 1],
        highRank > n ? Float.POSITIVE_INFINITY : sorted[highRank - 1],
        trueRate.inverseCumulativeProbability(tail),
        trueRate.inverseCumulativeProbability(1 - tail));
  }

  /**
   * Returns the smallest number of normal images that a rate can be promised with.
   *
   * @param rate inside (0, 1)
   */
  public static int minCount(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("a false-positive rate is inside (0, 1), got " + rate);
    }
    return (int) Math.ceil(1 / rate - ROUNDING) - 1;
  }
}
