package org.fairspark.job.bench;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A measured duration, with its spread.
 *
 * @param seconds median over the samples
 * @param low lower quartile
 * @param high upper quartile
 * @param samples how many were taken after warming up
 */
public record Timing(double seconds, double low, double high, int samples) implements Serializable {

  /**
   * Summarizes samples in seconds.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Timing of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Timing(at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted.length);
  }

  /** Returns the medians of what several tasks measured at the same time. */
  static Timing together(List<Timing> tasks) {
    return new Timing(
        median(tasks.stream().mapToDouble(Timing::seconds).toArray()),
        median(tasks.stream().mapToDouble(Timing::low).toArray()),
        median(tasks.stream().mapToDouble(Timing::high).toArray()),
        tasks.stream().mapToInt(Timing::samples).sum());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return at(values, 0.5);
  }

  /** Returns a quantile, interpolated between neighbours. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Returns the timing of one image where that many were done at a time. */
  Timing dividedBy(double count) {
    return new Timing(seconds / count, low / count, high / count, samples);
  }
}
