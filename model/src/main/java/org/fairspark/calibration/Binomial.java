package org.fairspark.calibration;

/** The binomial distribution, summed term by term; for at most some ten thousand trials. */
final class Binomial {
  private static final int BISECTIONS = 60;

  private Binomial() {}

  /**
   * The chance of at most so many successes.
   *
   * @param p chance of a success, inside (0, 1)
   */
  static double atMost(int successes, int trials, double p) {
    if (successes < 0) {
      return 0;
    }
    if (successes >= trials) {
      return 1;
    }
    // In logarithms: the first term of ten thousand trials is far below what a double holds.
    double odds = Math.log(p) - Math.log1p(-p);
    double term = trials * Math.log1p(-p);
    double sum = Math.exp(term);
    for (int i = 1; i <= successes; i++) {
      term += Math.log((double) (trials - i + 1) / i) + odds;
      sum += Math.exp(term);
    }
    return Math.min(1, sum);
  }

  /** The chance of a success with which at least so many successes have the given chance. */
  static double successRate(int atLeast, int trials, double chance) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (1 - atMost(atLeast - 1, trials, middle) < chance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
