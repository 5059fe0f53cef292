package org.fairspark.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * The scores of one image in a trial, by every division and statistic.
 *
 * @param id the image's
 * @param judgedBy {@code int[division]}, the half that tells what is normal
 * @param changed {@code float[division][statistic][image]}, of the changed normal images; 0 for the
 *     mixture, which takes the parts of all images of a half
 * @param defective {@code float[division][statistic][image]}, of the images with a defect, likewise
 * @param changedParts {@code float[division][part][image]}, what the mixture is made of, of the
 *     changed normal images
 * @param defectiveParts {@code float[division][part][image]}, of the images with a defect
 */
public record TrialScores(
    String id,
    int[] judgedBy,
    float[][][] changed,
    float[][][] defective,
    float[][][] changedParts,
    float[][][] defectiveParts)
    implements Serializable {

  /**
   * Returns these scores with those of the mixture.
   *
   * @param byHalf the mixture of each half
   */
  TrialScores mixed(List<Mixture> byHalf) {
    return new TrialScores(
        id,
        judgedBy,
        mixed(changed, changedParts, byHalf),
        mixed(defective, defectiveParts, byHalf),
        changedParts,
        defectiveParts);
  }

  private float[][][] mixed(float[][][] scores, float[][][] parts, List<Mixture> byHalf) {
    float[][][] mixed = new float[scores.length][][];
    for (int division = 0; division < scores.length; division++) {
      mixed[division] = scores[division].clone();
      mixed[division][ScoreStatistic.MIXTURE.ordinal()] =
          mixed(parts[division], byHalf.get(judgedBy[division]));
    }
    return mixed;
  }

  private static float[] mixed(float[][] parts, Mixture mixture) {
    float[] scores = new float[parts[0].length];
    for (int image = 0; image < scores.length; image++) {
      float[] own = new float[parts.length];
      for (int part = 0; part < own.length; part++) {
        own[part] = parts[part][image];
      }
      scores[image] = mixture.of(own);
    }
    return scores;
  }
}
