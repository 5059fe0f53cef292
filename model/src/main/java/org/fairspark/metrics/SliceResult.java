package org.fairspark.metrics;

import java.util.Optional;

/**
 * The metrics of those images of a category that have one value of a trait, normal and anomalous
 * ones.
 *
 * @param values by metric
 * @param counts of the images
 * @param atThreshold decisions at the calibrated thresholds, if there are such
 */
public record SliceResult(
    MetricValues values, ImageCounts counts, Optional<AtThreshold> atThreshold) {
  static SliceResult of(
      Tally normal, Tally anomalous, MaskConvention masks, double fprLimit, DecisionLevels levels) {
    return new SliceResult(
        TallyMetrics.of(normal, anomalous, masks, fprLimit).values(),
        new ImageCounts(
            normal.images() + anomalous.images(),
            anomalous.images(),
            anomalous.withoutMask(),
            anomalous.regions()),
        Optional.ofNullable(levels).map(l -> AtThreshold.of(l, normal, anomalous)));
  }
}
