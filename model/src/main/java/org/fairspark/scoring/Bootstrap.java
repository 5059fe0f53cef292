package org.fairspark.scoring;

import java.util.Arrays;
import org.fairspark.random.SeededRandom;

/**
 * Resamples of a trial's images, drawn with replacement: how a figure would vary over images like
 * these.
 */
final class Bootstrap {
  private static final int RESAMPLES = 1000;

  /** One-sided probability by which a bound is passed by chance. */
  private static final double CHANCE = 0.05;

  private Bootstrap() {}

  /**
   * Draws the resamples.
   *
   * @param key of the random numbers
   * @return {@code int[resample][image]}, how many times each image counts
   */
  static int[][] resamples(int images, long seed, String key) {
    SeededRandom random = SeededRandom.of(seed, key, 0);
    int[][] times = new int[RESAMPLES][images];
    for (int[] resample : times) {
      for (int i = 0; i < images; i++) {
        resample[random.nextInt(images)]++;
      }
    }
    return times;
  }

  /** Returns the images as they are: each counts once. */
  static int[] once(int images) {
    int[] once = new int[images];
    Arrays.fill(once, 1);
    return once;
  }

  /** The bounds of a figure, each of which is passed by chance in one of twenty resamples. */
  record Bounds(double low, double high) {
    /**
     * Returns the bounds.
     *
     * @param figures one for each resample
     */
    static Bounds of(double[] figures) {
      double[] sorted = figures.clone();
      Arrays.sort(sorted);
      int tail = (int) (CHANCE * sorted.length);
      return new Bounds(sorted[tail], sorted[sorted.length - 1 - tail]);
    }
  }
}
