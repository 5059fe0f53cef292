package org.fairspark.metrics;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The distance of new images' scores, or of another number of them, from those that a model was
 * calibrated with.
 *
 * <p>It is the two-sample Kolmogorov-Smirnov distance, the largest difference of the two
 * distribution functions, less a tolerated fraction of images with any score, because anomalous
 * images are no drift. Its limit is the distance that chance alone exceeds once in a thousand
 * times.
 *
 * @param distance from 0 to 1
 * @param limit above which the distance is drift
 * @param higher whether the new scores are the higher ones where they differ most
 * @param images number of new images
 * @param reference number of images of the calibration
 */
public record ScoreDrift(
    double distance, double limit, boolean higher, long images, long reference) {
  /** The two-sided Kolmogorov-Smirnov quantile for one false alarm in a thousand. */
  private static final double CHANCE = Math.sqrt(-Math.log(0.001 / 2) / 2);

  /**
   * Compares two sets of scores.
   *
   * @param calibrated scores of the calibration's images, counted as normal
   * @param seen scores of new images, counted as normal
   * @param tolerated fraction of new images that may have any score, in [0, 1)
   */
  public static ScoreDrift between(
      ScoreHistogram calibrated, ScoreHistogram seen, double tolerated) {
    ScoreHistogram both = ScoreHistogram.ofBoth(calibrated, seen);
    Distance distance = new Distance(calibrated.count(), seen.count(), tolerated);
    for (int i = 0; i < both.binCount(); i++) {
      distance.step(both.normal(both.firstBin() + i), both.anomalous(both.firstBin() + i));
    }
    return distance.drift();
  }

  /**
   * Compares two sets of values.
   *
   * @param calibrated of the calibration's images
   * @param seen of new images
   * @param tolerated fraction of new images that may have any value, in [0, 1)
   */
  public static ScoreDrift between(ValueCounts calibrated, ValueCounts seen, double tolerated) {
    SortedMap<Integer, Long> known = calibrated.byKey();
    SortedMap<Integer, Long> fresh = seen.byKey();
    SortedSet<Integer> keys = new TreeSet<>(known.keySet());
    keys.addAll(fresh.keySet());
    Distance distance = new Distance(calibrated.count(), seen.count(), tolerated);
    keys.forEach(key -> distance.step(known.getOrDefault(key, 0L), fresh.getOrDefault(key, 0L)));
    return distance.drift();
  }

  /** The largest difference of two distribution functions, found in the order of values. */
  private static final class Distance {
    private final long reference;
    private final long images;
    private final double kept;
    private double upward;
    private double downward;
    private long before;
    private long now;

    Distance(long reference, long images, double tolerated) {
      this.reference = reference;
      this.images = images;
      this.kept = 1 - tolerated;
    }

    /** Goes on to the next value, which so many images of either set have. */
    void step(long calibrated, long seen) {
      before += calibrated;
      now += seen;
      double f = (double) before / reference;
      double g = (double) now / images;
      upward = Math.max(upward, kept * f - g);
      downward = Math.max(downward, kept * (1 - f) - (1 - g));
    }

    ScoreDrift drift() {
      if (reference == 0 || images == 0) {
        return new ScoreDrift(0, 1, false, images, reference);
      }
      double limit = CHANCE * Math.sqrt(1.0 / reference + 1.0 / images);
      return new ScoreDrift(
          Math.max(upward, downward), Math.min(1, limit), upward >= downward, images, reference);
    }
  }

  /** Returns whether the new images differ from those that the model was calibrated with. */
  public boolean isDrift() {
    return distance > limit;
  }
}
