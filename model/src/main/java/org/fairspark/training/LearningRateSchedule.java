package org.fairspark.training;

/**
 * The learning rate by epoch: a fifth of the base from 80 % of the epochs on, a 25th from 90 % on
 * (reference code). Milestones that are not whole are rounded; the reference code, which compares
 * the epoch with the fraction, skips those: with 7 epochs its rate never falls.
 */
public final class LearningRateSchedule {
  private static final double GAMMA = 0.2;
  private static final double FIRST = 0.8;
  private static final double SECOND = 0.9;

  private LearningRateSchedule() {}

  /**
   * Returns the rate for an epoch.
   *
   * @param base the rate to start with
   * @param epoch from 0
   * @param epochs how many there will be
   * @throws IllegalArgumentException if the epoch is not in {@code [0, epochs)}
   */
  public static double at(double base, int epoch, int epochs) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException(
          "epoch must be in 0..%d, got %d".formatted(epochs - 1, epoch));
    }
    double rate = base;
    rate *= epoch >= Math.round(FIRST * epochs) ? GAMMA : 1;
    rate *= epoch >= Math.round(SECOND * epochs) ? GAMMA : 1;
    return rate;
  }
}
