package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The metrics of how well the scores of normal and anomalous images, or groups of them, separate.
 *
 * @param auroc area under the ROC curve
 * @param averagePrecision see {@link Metric#IMAGE_AP}
 * @param best the threshold with the best F1
 */
public record ScoreSeparation(Area auroc, Area averagePrecision, F1Threshold best)
    implements Serializable {

  /**
   * Computes the metrics.
   *
   * @param ofWhat what has scores, in plural: "images"
   */
  static ScoreSeparation of(ImageScores normal, ImageScores anomalous, String ofWhat) {
    if (anomalous.count() == 0) {
      return none("there are no anomalous " + ofWhat);
    }
    if (normal.count() == 0) {
      return none("there are no normal " + ofWhat);
    }
    PrecisionRecall counted = ImageScores.precisionRecall(normal, anomalous);
    return new ScoreSeparation(
        ImageScores.auroc(normal, anomalous), counted.averagePrecision(), counted.best());
  }

  /** Returns metrics that are not defined. */
  static ScoreSeparation none(String because) {
    return new ScoreSeparation(
        Area.notDefined(because), Area.notDefined(because), F1Threshold.none(because));
  }
}
