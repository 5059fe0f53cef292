package org.fairspark.metrics;

import java.util.Optional;

/**
 * The metrics of parts that several images show, by the highest score of each part's images.
 *
 * @param groups number of parts, those of one image among them
 * @param anomalous number of parts with an anomalous image
 * @param separation of their scores
 * @param decided decisions at the calibrated threshold, if there is one
 */
public record GroupResult(
    long groups, long anomalous, ScoreSeparation separation, Optional<Confusion> decided) {

  /** Returns a result that is not defined. */
  static GroupResult none(String because) {
    return new GroupResult(0, 0, ScoreSeparation.none(because), Optional.empty());
  }
}
