package org.fairspark.inference;

import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreSetting;
import org.fairspark.failure.FairException;
import org.fairspark.scoring.ImageScorer;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;

/**
 * The image score by which a category is evaluated: {@code evaluation.score}, from the model where
 * that was calibrated with it.
 *
 * @param scorer of the category's images
 * @param identity names it: the statistic and what it knows
 */
public record EvaluationScore(ImageScorer scorer, String identity) {
  /**
   * Finds the score. A method that builds on another one has maps that the model's thresholds and
   * choice are not of: it keeps its own score where normal images would decide.
   *
   * @throws FairException if the model was calibrated for another score, or for other maps
   */
  public static EvaluationScore of(FairConfig config, OutputRoot root, String category) {
    ScoreSetting asked = config.evaluation().score();
    if (!asked.needsCalibration()) {
      return of(ImageScorer.of(asked.statistic().orElseThrow()), "");
    }
    if (!config.detectionMethod().equals(config.scoringMethod())) {
      return of(ImageScorer.PAPER, "");
    }
    ModelStore store = new ModelStore(root, category);
    ModelScore score = store.metadata().calibration().score();
    if (!score.asked().equals(asked.word()) || !score.maps().equals(ModelScore.maps(config))) {
      throw FairException.refused(
          "the model of %s was calibrated with evaluation.score=%s%s, not %s"
              .formatted(
                  category,
                  score.asked(),
                  score.asked().equals(asked.word()) ? " for other anomaly maps" : "",
                  asked.word()),
          "evaluation.score",
          "run train with these settings: it calibrates the finished model again in seconds");
    }
    return of(store.scorer(), score.positionsSha256().orElse(""));
  }

  private static EvaluationScore of(ImageScorer scorer, String positions) {
    return new EvaluationScore(scorer, (scorer.statistic().word() + " " + positions).strip());
  }
}
