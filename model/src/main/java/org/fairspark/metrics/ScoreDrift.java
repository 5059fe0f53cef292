package org.fairspark.metrics;

/**
 * How far the scores of new images are from those that a model was calibrated with.
 *
 * <p>The distance is Kolmogorov and Smirnov's, the largest difference of the two distribution
 * functions, less a share of images that may be anything: anomalous images are what one looks for
 * and no drift. It is compared with the distance that chance alone gives once in a thousand times.
 *
 * @param distance from 0 to 1
 * @param limit beyond which the distance is no chance
 * @param higher whether the new scores are the higher ones where they differ most
 * @param images new images
 * @param reference images of the calibration
 */
public record ScoreDrift(
    double distance, double limit, boolean higher, long images, long reference) {
  /** The two-sided Kolmogorov-Smirnov quantile for one false alarm in a thousand. */
  private static final double CHANCE = Math.sqrt(-Math.log(0.001 / 2) / 2);

  /**
   * Compares.
   *
   * @param calibrated scores of the calibration's images, counted as normal
   * @param seen scores of new images, counted as normal
   * @param tolerated share of new images that may have any score, in [0, 1)
   */
  public static ScoreDrift between(
      ScoreHistogram calibrated, ScoreHistogram seen, double tolerated) {
    ScoreHistogram both = ScoreHistogram.ofBoth(calibrated, seen);
    long reference = calibrated.count();
    long images = seen.count();
    if (reference == 0 || images == 0) {
      return new ScoreDrift(0, 1, false, images, reference);
    }
    double kept = 1 - tolerated;
    double upward = 0;
    double downward = 0;
    long before = 0;
    long now = 0;
    for (int i = 0; i < both.binCount(); i++) {
      before += both.normal(both.firstBin() + i);
      now += both.anomalous(both.firstBin() + i);
      double f = (double) before / reference;
      double g = (double) now / images;
      upward = Math.max(upward, kept * f - g);
      downward = Math.max(downward, kept * (1 - f) - (1 - g));
    }
    double limit = CHANCE * Math.sqrt(1.0 / reference + 1.0 / images);
    return new ScoreDrift(
        Math.max(upward, downward), Math.min(1, limit), upward >= downward, images, reference);
  }

  /** Whether the new images look different from what the model was calibrated with. */
  public boolean isDrift() {
    return distance > limit;
  }
}
