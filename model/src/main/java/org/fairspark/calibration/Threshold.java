package org.fairspark.calibration;

import java.util.Arrays;

/**
 * A threshold that a normal image exceeds with at most a wanted chance: an order statistic of the
 * scores of normal images that the model was not trained on (split conformal prediction). It rests
 * on nothing but that new normal images are like those; no anomalous image is needed or looked at.
 *
 * @param value the threshold; a score above it is suspicious
 * @param rank which of the scores in rising order it is, from 1
 * @param count how many scores there were
 * @param falsePositiveRate the wanted rate
 * @param confidence of both intervals
 * @param low the quantile of all normal images lies at least here; negative infinity where so few
 *     scores give no bound
 * @param high and at most here; positive infinity where they give none
 * @param rateLow the rate that this threshold really has is at least this
 * @param rateHigh and at most this
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

  /**
   * The threshold for a rate.
   *
   * @param scores of normal images, finite, in any order
   * @param rate wanted false-positive rate, inside (0, 1)
   * @param confidence of the intervals, inside (0, 1)
   * @throws IllegalArgumentException if there are fewer scores than {@link #leastCount}, or one is
   *     not finite
   */
  public static Threshold of(float[] scores, double rate, double confidence) {
    int n = scores.length;
    if (n < leastCount(rate)) {
      throw new IllegalArgumentException(
          "a false-positive rate of %s takes at least %d normal images, got %d"
              .formatted(rate, leastCount(rate), n));
    }
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[n - 1])) {
      throw new IllegalArgumentException("scores must be finite: did the restoration diverge?");
    }
    int above = (int) Math.floor((n + 1) * rate + ROUNDING);
    int rank = Math.max(1, n + 1 - above);
    double tail = (1 - confidence) / 2;
    int lower = lowerRank(n, 1 - rate, tail);
    int upper = upperRank(n, 1 - rate, tail);
    return new Threshold(
        sorted[rank - 1],
        rank,
        n,
        rate,
        confidence,
        lower < 1 ? Float.NEGATIVE_INFINITY : sorted[lower - 1],
        upper > n ? Float.POSITIVE_INFINITY : sorted[upper - 1],
        // The share of normal images above an order statistic has a beta distribution.
        Binomial.successRate(n + 1 - rank, n, tail),
        Binomial.successRate(n + 1 - rank, n, 1 - tail));
  }

  /** The fewest normal images with which a rate can be promised. */
  public static int leastCount(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("a false-positive rate is inside (0, 1), got " + rate);
    }
    return (int) Math.ceil(1 / rate - ROUNDING) - 1;
  }

  /** The largest rank that is at or below the quantile but for a chance of at most the tail. */
  private static int lowerRank(int n, double quantile, double tail) {
    int rank = (int) Math.ceil(n * quantile);
    while (rank >= 1 && Binomial.atMost(rank - 1, n, quantile) > tail) {
      rank--;
    }
    return rank;
  }

  private static int upperRank(int n, double quantile, double tail) {
    int rank = Math.max(1, (int) Math.floor(n * quantile));
    while (rank <= n && Binomial.atMost(rank - 1, n, quantile) < 1 - tail) {
      rank++;
    }
    return rank;
  }
}
