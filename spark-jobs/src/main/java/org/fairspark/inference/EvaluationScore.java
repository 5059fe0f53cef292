package org.fairspark.inference;

import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;

/**
 * The scores by which a category's images and pixels are evaluated: {@code evaluation.score} and
 * {@code evaluation.pixel-score}, from the model where that was calibrated with them.
 *
 * @param scorer of the category's images
 * @param identity names it: the statistics and what they know
 */
public record EvaluationScore(Scorer scorer, String identity) {
  /**
   * Finds the score. A method that builds on another one has maps that the model's thresholds and
   * choice are not of: it keeps its own score where normal images would decide.
   *
   * @throws FairException if the model was calibrated for another score, or for other maps
   */
  public static EvaluationScore of(FairConfig config, OutputRoot root, String category) {
    EvaluationConfig evaluation = config.evaluation();
    if (!evaluation.scoresNeedCalibration()) {
      return of(
          Scorer.of(
              evaluation.score().statistic().orElseThrow(),
              evaluation.pixelScore().statistic().orElseThrow(),
              null),
          "");
    }
    if (!config.detectionMethod().equals(config.scoringMethod())) {
      return of(Scorer.PAPER, "");
    }
    ModelStore store = new ModelStore(root, category);
    ModelScore score = store.metadata().calibration().score();
    ModelScore.Asked asked = ModelScore.Asked.of(config);
    boolean same = score.asked().equals(asked);
    if (!same || !score.maps().equals(ModelScore.maps(config))) {
      throw FairException.refused(
          "the model of %s was calibrated with %s%s, not %s"
              .formatted(
                  category,
                  score.asked().describe(),
                  same ? " for other anomaly maps" : "",
                  asked.describe()),
          "evaluation.score",
          "run train with these settings: it calibrates the finished model again in seconds");
    }
    return of(store.scorer(), score.positionsSha256().orElse(""));
  }

  private static EvaluationScore of(Scorer scorer, String positions) {
    String pixels =
        scorer.pixels() == PixelStatistic.PAPER ? "" : " pixels " + scorer.pixels().word();
    return new EvaluationScore(
        scorer, (scorer.statistic().word() + pixels + " " + positions).strip());
  }
}
