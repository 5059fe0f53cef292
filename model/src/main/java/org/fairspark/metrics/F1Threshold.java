package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The threshold of scores with the best F1 score (harmonic mean of precision and recall) on
 * labelled images or pixels; a score of at least the threshold counts as anomalous.
 *
 * <p>Not defined without anomalous images: the formula would then give the smallest score, which
 * calls every image anomalous. Not defined without normal images either.
 *
 * @param threshold the smallest score that counts as anomalous
 * @param f1 the F1 score there
 */
public record F1Threshold(Area threshold, Area f1) implements Serializable {

  /**
   * Finds the best threshold; of equally good ones the highest.
   *
   * @param normal scores of normal images, in rising order
   * @param anomalous scores of anomalous images, in rising order
   */
  static F1Threshold of(float[] normal, float[] anomalous) {
    if (anomalous.length == 0) {
      return none("there are no anomalous images");
    }
    if (normal.length == 0) {
      return none("there are no normal images");
    }
    return PrecisionRecall.of(normal, anomalous).best();
  }

  /** Returns a threshold that is not defined. */
  static F1Threshold none(String because) {
    return new F1Threshold(Area.notDefined(because), Area.notDefined(because));
  }
}
