package org.fairspark.metrics;

import java.util.Optional;

/**
 * The metrics of decisions on a category's images.
 *
 * @param bestOfPixels the threshold of pixels with the best F1; masks above one half
 * @param atThreshold decisions at the calibrated thresholds, if there are such
 * @param undecided why there are none; empty if there are
 * @param groups of parts that several images show, if there are such
 * @param byCondition metrics by the images' condition
 * @param byView metrics by the images' view
 * @param underChanges metrics of the same images under stated changes, at the same thresholds
 */
public record DecisionResult(
    F1Threshold bestOfPixels,
    Optional<AtThreshold> atThreshold,
    String undecided,
    Optional<GroupResult> groups,
    Slices byCondition,
    Slices byView,
    Slices underChanges) {

  DecisionResult undecidedBecause(String because) {
    return new DecisionResult(
        bestOfPixels, atThreshold, because, groups, byCondition, byView, underChanges);
  }

  DecisionResult under(Slices changes) {
    return new DecisionResult(
        bestOfPixels, atThreshold, undecided, groups, byCondition, byView, changes);
  }

  /** Returns a result of which nothing was measured. */
  public static DecisionResult none(String because) {
    return new DecisionResult(
        F1Threshold.none(because),
        Optional.empty(),
        because,
        Optional.empty(),
        Slices.NONE,
        Slices.NONE,
        Slices.NONE);
  }
}
