package org.fairspark.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
  private static float[] oneTo(int n) {
    float[] scores = new float[n];
    IntStream.range(0, n).forEach(i -> scores[i] = n - i);
    return scores;
  }

  @ParameterizedTest
  @CsvSource({"0.05,19", "0.1,9", "0.01,99", "0.5,1", "0.3,3"})
  void minCountIsTheFewestImagesOfARate(double rate, int least) {
    assertThat(Threshold.minCount(rate)).isEqualTo(least);
    assertThat(Threshold.of(oneTo(least), rate, 0.95).rank())
        .as("with the fewest, the largest score")
        .isEqualTo(least);
    if (least > 1) {
      assertThatThrownBy(() -> Threshold.of(oneTo(least - 1), rate, 0.95))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes at least " + least);
    }
  }

  @Test
  void isTheOrderStatisticOfTheRate() {
    Threshold threshold = Threshold.of(oneTo(99), 0.1, 0.95);
    assertThat(threshold.value()).as("rank 100 - 10").isEqualTo(90);
  }

  /** In ten trials of probability 1/2, P(at most 1) = 11/1024 and P(at most 2) = 56/1024. */
  @Test
  void intervalOfTheQuantileIsTheBinomials() {
    Threshold median = Threshold.of(oneTo(10), 0.5, 0.95);
    assertThat(median.low()).as("2.5 %% below: rank 2").isEqualTo(2);
    assertThat(median.high()).as("2.5 %% above: rank 9").isEqualTo(9);
  }

  @Test
  void fewImagesGiveNoUpperBound() {
    Threshold few = Threshold.of(oneTo(19), 0.05, 0.95);
    assertThat(few.high()).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(few.rateHigh()).as("1 - 0.025^(1/19)").isEqualTo(0.1765, within(1e-4));
    assertThat(few.rateLow()).as("1 - 0.975^(1/19)").isEqualTo(0.00133, within(1e-5));
  }

  /** Over many calibrations, new normal images exceed the threshold at most at the rate. */
  @Test
  void falsePositiveRateAndCoverageHoldOverManyCalibrations() {
    SeededRandom random = new SeededRandom(5);
    int exceeded = 0;
    int inside = 0;
    int repetitions = 4000;
    for (int r = 0; r < repetitions; r++) {
      float[] scores = new float[39];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextDouble();
      }
      Threshold threshold = Threshold.of(scores, 0.1, 0.9);
      exceeded += (float) random.nextDouble() > threshold.value() ? 1 : 0;
      inside += threshold.low() <= 0.9 && 0.9 <= threshold.high() ? 1 : 0;
    }
    assertThat((double) exceeded / repetitions)
        .as("false-positive rate")
        .isEqualTo(0.1, within(0.015));
    assertThat((double) inside / repetitions).as("coverage of the interval").isGreaterThan(0.89);
  }

  @Test
  void aLargeCalibrationIsNarrow() {
    Threshold threshold = Threshold.of(oneTo(10_000), 0.05, 0.95);
    assertThat(threshold.value()).isEqualTo(9501);
    assertThat(threshold.high() - threshold.low()).as("about 4 sqrt(n p q)").isBetween(80f, 92f);
  }

  /** A threshold by the best F1 would be the smallest score if no image is anomalous. */
  @Test
  void doesNotFallToTheMinimumWithoutAnomalies() {
    float[] alike = new float[50];
    Arrays.fill(alike, 0.25f);
    assertThat(Threshold.of(alike, 0.05, 0.95).value()).isEqualTo(0.25f);
    float[] spread = oneTo(50);
    int alarms = 0;
    Threshold threshold = Threshold.of(spread, 0.05, 0.95);
    for (float score : spread) {
      alarms += score > threshold.value() ? 1 : 0;
    }
    assertThat(alarms).as("normal images called suspicious").isLessThanOrEqualTo(2);
  }

  /** Checks the definitions of the bounds, with the binomial distribution summed term by term. */
  @Test
  void intervalsEqualTheBinomialSums() {
    for (int n : new int[] {19, 20, 39, 60, 100, 391, 2000, 10_000}) {
      for (double rate : new double[] {0.05, 0.06, 0.1, 1.0 / 3, 0.5, 0.9}) {
        double[] below = atMost(n, 1 - rate);
        for (double confidence : new double[] {0.5, 0.9, 0.95, 0.999}) {
          Threshold threshold = Threshold.of(oneTo(n), rate, confidence);
          double tail = (1 - confidence) / 2;
          String what = "n = %d, rate %s, confidence %s".formatted(n, rate, confidence);
          assertThat(threshold.low())
              .as("low, %s", what)
              .isEqualTo(lastRank(below, tail, Float.NEGATIVE_INFINITY));
          assertThat(threshold.high())
              .as("high, %s", what)
              .isEqualTo(firstRank(below, 1 - tail, Float.POSITIVE_INFINITY));
          int largest = n - threshold.rank();
          assertThat(1 - atMost(n, threshold.rateLow())[largest])
              .as("lower rate, %s", what)
              .isCloseTo(tail, within(1e-10));
          assertThat(1 - atMost(n, threshold.rateHigh())[largest])
              .as("upper rate, %s", what)
              .isCloseTo(1 - tail, within(1e-10));
        }
      }
    }
  }

  /** Returns the last rank that has P(fewer scores below the quantile) at most the probability. */
  private static float lastRank(double[] below, double probability, float none) {
    int rank = below.length - 1;
    while (rank >= 1 && below[rank - 1] > probability) {
      rank--;
    }
    return rank < 1 ? none : rank;
  }

  /**
   * Returns the first rank that has P(fewer scores below the quantile) at least the probability.
   */
  private static float firstRank(double[] below, double probability, float none) {
    int rank = 1;
    while (rank < below.length && below[rank - 1] < probability) {
      rank++;
    }
    return rank == below.length ? none : rank;
  }

  /** Returns the probabilities of at most i successes in n trials, for i from 0 to n. */
  private static double[] atMost(int n, double p) {
    double odds = Math.log(p) - Math.log1p(-p);
    double logTerm = n * Math.log1p(-p);
    double[] sums = new double[n + 1];
    sums[0] = Math.exp(logTerm);
    for (int i = 1; i <= n; i++) {
      logTerm += Math.log((double) (n - i + 1) / i) + odds;
      sums[i] = Math.min(1, sums[i - 1] + Math.exp(logTerm));
    }
    return sums;
  }

  @Test
  void refusesScoresThatAreNotFinite() {
    float[] scores = oneTo(30);
    scores[3] = Float.NaN;
    assertThatThrownBy(() -> Threshold.of(scores, 0.05, 0.95)).hasMessageContaining("finite");
  }
}
