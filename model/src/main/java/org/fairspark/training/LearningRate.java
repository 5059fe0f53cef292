package org.fairspark.training;

import java.io.Serializable;

/**
 * The learning rate of every epoch.
 *
 * @param base the rate that the schedule is a share of
 * @param schedule how the rate goes
 */
public record LearningRate(double base, Schedule schedule) implements Serializable {
  private static final double GAMMA = 0.2;
  private static final double FIRST = 0.8;
  private static final double SECOND = 0.9;

  /** Share of the epochs that the cosine's rate rises in. */
  private static final double WARM_UP = 0.05;

  /** How the learning rate goes from epoch to epoch. */
  public enum Schedule {
    /**
     * A fifth of the base from 80 % of the epochs on, a 25th from 90 % on (reference code).
     * Milestones that are not whole are rounded; the reference code, which compares the epoch with
     * the fraction, skips those: with 7 epochs its rate never falls.
     */
    PAPER,
    /**
     * Rises evenly to the base within the first twentieth of the epochs and falls to zero along
     * half a period of the cosine (Loshchilov and Hutter, "SGDR", 2017, equation 5 without
     * restarts). An epoch has the rate of its middle.
     */
    COSINE
  }

  /** Returns the rate that the paper's schedule takes down from a base. */
  public static LearningRate paper(double base) {
    return new LearningRate(base, Schedule.PAPER);
  }

  /**
   * Returns the rate of an epoch.
   *
   * @param epoch from 0
   * @param epochs how many there will be
   * @throws IllegalArgumentException if the epoch is not in {@code [0, epochs)}
   */
  public double at(int epoch, int epochs) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException(
          "epoch must be in 0..%d, got %d".formatted(epochs - 1, epoch));
    }
    return switch (schedule) {
      case PAPER -> falling(epoch, epochs);
      case COSINE -> base * cosine((epoch + 0.5) / epochs);
    };
  }

  private double falling(int epoch, int epochs) {
    double rate = base;
    rate *= epoch >= Math.round(FIRST * epochs) ? GAMMA : 1;
    rate *= epoch >= Math.round(SECOND * epochs) ? GAMMA : 1;
    return rate;
  }

  private static double cosine(double done) {
    return done < WARM_UP
        ? done / WARM_UP
        : (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP))) / 2;
  }
}
