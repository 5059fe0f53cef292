package org.fairspark.config;

import java.util.Optional;
import java.util.function.Predicate;
import org.fairspark.detect.Reconstruction;
import org.fairspark.image.Reduction;
import org.fairspark.training.LearningRate;

/** Conditions on a configuration under which some of its settings have an effect. */
enum Condition {
  FILTER_HAS_CUTOFF("filter.kind", config -> config.filter().kind().hasCutoff()),
  CUTOFF_IS_RELATIVE(
      FILTER_HAS_CUTOFF,
      "filter.cutoff-unit",
      config -> config.filter().cutoffUnit() != FilterConfig.CutoffUnit.CYCLES_PER_IMAGE),
  FILTER_IS_BUTTERWORTH(
      "filter.kind", config -> config.filter().kind() == FilterConfig.Kind.BUTTERWORTH),
  FILTER_IS_SOBEL("filter.kind", config -> config.filter().kind() == FilterConfig.Kind.SOBEL),
  RECIPE_TAKES_TEXTURES(
      "corruption.recipe", config -> config.corruption().recipe().takesTextures()),
  RECIPE_PASTES("corruption.recipe", config -> config.corruption().recipe().pastes()),
  SAMPLE_OFFSET_IS_SET("image.sample-offset", config -> config.image().sampleOffset().isPresent()),
  LIGHT_IS_CHANGED("corruption.photometric", config -> config.corruption().photometric() > 0),
  SCHEDULE_IS_NOT_OF_THE_PAPER(
      "training.schedule", config -> config.training().schedule() != LearningRate.Schedule.PAPER),
  SAMPLES_ARE_ROUNDED(
      "samples.precision",
      config -> config.samples().precision() != SamplesConfig.Precision.FLOAT32),
  IMAGE_IS_TILED("image.tiles", config -> config.image().tiles()),
  IMAGE_IS_PADDED(
      "image.tiles",
      config -> !IMAGE_IS_TILED.holds(config) && config.image().fit() != ImageConfig.Fit.STRETCH),
  IMAGE_IS_REDUCED_BY_AREA(
      "image.tiles",
      config -> !IMAGE_IS_TILED.holds(config) && config.image().reduction() != Reduction.BILINEAR),
  METHOD_HAS_BACKBONE("method.kind", config -> config.detectionMethod().needsBackbone()),
  /** It makes the map, or the maps beside it that a mixture of scores looks at. */
  FUNCTION_IS_USED(
      "method.kind",
      config ->
          config.detectionMethod().usesAnomalyFunction()
              || (config.evaluation().score().mayMix()
                  && config.detectionMethod().extras().equals(Reconstruction.EXTRAS))),
  MAP_HAS_GRADIENT(
      FUNCTION_IS_USED, "evaluation.gradient", config -> config.evaluation().gradient()),
  MAP_HAS_COLOR(
      FUNCTION_IS_USED,
      "evaluation.color-weight",
      config -> config.evaluation().colorWeight() != 0),
  SCORE_IS_NOT_THE_MAXIMUM(
      "evaluation.score", config -> config.evaluation().score() != ScoreSetting.PAPER),
  PIXEL_SCORE_IS_NOT_THE_MAP(
      "evaluation.pixel-score",
      config -> config.evaluation().pixelScore() != PixelScoreSetting.PAPER);

  private final Optional<Condition> before;
  private final String key;
  private final Predicate<FairConfig> test;

  Condition(String key, Predicate<FairConfig> test) {
    this.before = Optional.empty();
    this.key = key;
    this.test = test;
  }

  Condition(Condition before, String key, Predicate<FairConfig> test) {
    this.before = Optional.of(before);
    this.key = key;
    this.test = test;
  }

  boolean holds(FairConfig config) {
    return before.stream().allMatch(condition -> condition.holds(config)) && test.test(config);
  }

  /** Returns the key of the setting whose value decides that the condition does not hold. */
  String decidedBy(FairConfig config) {
    return before
        .filter(condition -> !condition.holds(config))
        .map(condition -> condition.decidedBy(config))
        .orElse(key);
  }
}
