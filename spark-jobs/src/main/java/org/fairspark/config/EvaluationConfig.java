package org.fairspark.config;

import java.util.Objects;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.color.ColorOrder;
import org.fairspark.metrics.MaskConvention;

/**
 * {@code evaluation.*}.
 *
 * @param function the older spelling of {@code method.kind}; {@value #DIFFERENCE} leaves it to that
 * @param gradient whether MSGMS takes part in the map
 * @param colorWeight k of the colour difference (paper equation 10); 0 leaves colour out
 * @param colorOrder which channels are red and blue in the CIELAB conversion
 * @param scales scales of MSGMS
 * @param smoothing side of the mean filter, odd
 * @param score of an image: a statistic of its map, or its choice by a trial
 * @param pixelScore of a pixel: the map, the map related to what is normal, or the choice by a
 *     trial
 * @param fprLimit false-positive rate up to which AUPRO integrates
 * @param maskConvention which resized mask pixels are anomalous
 * @param batchSize images restored at a time in a task
 * @param engine what runs the network
 */
public record EvaluationConfig(
    @MethodName(or = EvaluationConfig.DIFFERENCE) String function,
    @EffectiveIf(Condition.FUNCTION_IS_USED) boolean gradient,
    @EffectiveIf(Condition.FUNCTION_IS_USED) double colorWeight,
    @EffectiveIf(Condition.MAP_HAS_COLOR) ColorOrder colorOrder,
    @EffectiveIf(Condition.MAP_HAS_GRADIENT) int scales,
    int smoothing,
    @EffectiveIf(Condition.SCORE_IS_NOT_THE_MAXIMUM) ScoreSetting score,
    @EffectiveIf(Condition.PIXEL_SCORE_IS_NOT_THE_MAP) PixelScoreSetting pixelScore,
    double fprLimit,
    MaskConvention maskConvention,
    int batchSize,
    EngineSetting engine) {

  /** The function that every method which restores had before there was {@code method.kind}. */
  public static final String DIFFERENCE = "difference";

  public EvaluationConfig {
    Objects.requireNonNull(colorOrder, "colorOrder");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(maskConvention, "maskConvention");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(score, "score");
    Objects.requireNonNull(pixelScore, "pixelScore");
    new Checks()
        .notNegative("evaluation.color-weight", colorWeight)
        .require(
            gradient || colorWeight != 0,
            "evaluation.gradient",
            gradient,
            "must be true where evaluation.color-weight is 0: nothing would be left of the map")
        .between("evaluation.scales", scales, 1, 8)
        .require(
            smoothing >= 1 && smoothing % 2 == 1,
            "evaluation.smoothing",
            smoothing,
            "must be an odd whole number of at least 1")
        .require(
            fprLimit > 0 && fprLimit <= 1,
            "evaluation.fpr-limit",
            Checks.number(fprLimit),
            "must be a number above 0 and up to 1")
        .atLeast("evaluation.batch-size", batchSize, 1)
        .done();
  }

  /** Returns whether held-out normal images decide the score of images or of pixels. */
  public boolean scoresNeedCalibration() {
    return score.needsCalibration() || pixelScore.needsCalibration();
  }

  /** Returns the anomaly evaluation function that these settings describe. */
  public AnomalyFunction anomalyFunction() {
    return new AnomalyFunction(gradient, colorWeight, colorOrder, scales, smoothing);
  }
}
