package org.fairspark.network;

/**
 * The learning rate by epoch: a fifth of the base from 80 % of the epochs on, a 25th from 90 % on
 * (reference code).
 */
public final class LearningRateSchedule {
  private static final double GAMMA = 0.2;
  private static final double FIRST = 0.8;
  private static final double SECOND = 0.9;

  private LearningRateSchedule() {}

  /**
   * The rate for an epoch; milestones that are not whole are rounded.
   *
   * @param base the rate to start with
   * @param epoch from 0
   * @param epochs how many there will be
   * @throws IllegalArgumentException if the epoch is not in {@code [0, epochs)}
   */
  public static double at(double base, int epoch, int epochs) {
    check(epoch, epochs);
    double rate = base;
    rate *= epoch >= Math.round(FIRST * epochs) ? GAMMA : 1;
    rate *= epoch >= Math.round(SECOND * epochs) ? GAMMA : 1;
    return rate;
  }

  /**
   * The rate of the reference code, which compares the epoch with a fraction and so skips, without
   * a word, every milestone that is not whole: with 7 epochs the rate never falls.
   *
   * @throws IllegalArgumentException if the epoch is not in {@code [0, epochs)}
   */
  public static double asReferenceCode(double base, int epoch, int epochs) {
    check(epoch, epochs);
    double rate = base;
    for (double milestone : new double[] {FIRST * epochs, SECOND * epochs}) {
      rate *= epoch >= milestone && milestone == Math.rint(milestone) ? GAMMA : 1;
    }
    return rate;
  }

  private static void check(int epoch, int epochs) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException(
          "epoch must be in 0..%d, got %d".formatted(epochs - 1, epoch));
    }
  }
}
