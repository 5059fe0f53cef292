package org.fairspark.config;

import java.util.function.Predicate;
import org.fairspark.image.Reduction;

/** Conditions on a configuration under which some of its settings have an effect. */
enum Condition {
  FILTER_HAS_CUTOFF(config -> config.filter().kind().hasCutoff()),
  CUTOFF_IS_RELATIVE(
      config ->
          FILTER_HAS_CUTOFF.holds(config)
              && config.filter().cutoffUnit() != FilterConfig.CutoffUnit.CYCLES_PER_IMAGE),
  FILTER_IS_BUTTERWORTH(config -> config.filter().kind() == FilterConfig.Kind.BUTTERWORTH),
  FILTER_IS_SOBEL(config -> config.filter().kind() == FilterConfig.Kind.SOBEL),
  RECIPE_TAKES_TEXTURES(config -> config.corruption().recipe().takesTextures()),
  RECIPE_PASTES(config -> config.corruption().recipe().pastes()),
  SAMPLE_OFFSET_IS_SET(config -> config.image().sampleOffset().isPresent()),
  LIGHT_IS_CHANGED(config -> config.corruption().photometric() > 0),
  SAMPLES_ARE_ROUNDED(config -> config.samples().precision() != SamplesConfig.Precision.FLOAT32),
  IMAGE_IS_TILED(config -> config.image().tiles()),
  IMAGE_IS_PADDED(
      config -> !IMAGE_IS_TILED.holds(config) && config.image().fit() != ImageConfig.Fit.STRETCH),
  IMAGE_IS_REDUCED_BY_AREA(
      config -> !IMAGE_IS_TILED.holds(config) && config.image().reduction() == Reduction.AREA),
  METHOD_HAS_BACKBONE(config -> config.detectionMethod().needsBackbone()),
  MAP_IS_DIFFERENCE(config -> config.detectionMethod().usesAnomalyFunction()),
  MAP_HAS_GRADIENT(config -> MAP_IS_DIFFERENCE.holds(config) && config.evaluation().gradient()),
  MAP_HAS_COLOR(
      config -> MAP_IS_DIFFERENCE.holds(config) && config.evaluation().colorWeight() != 0),
  SCORE_IS_NOT_THE_MAXIMUM(config -> config.evaluation().score() != ScoreSetting.PAPER),
  PIXEL_SCORE_IS_NOT_THE_MAP(config -> config.evaluation().pixelScore() != PixelScoreSetting.PAPER);

  private final Predicate<FairConfig> test;

  Condition(Predicate<FairConfig> test) {
    this.test = test;
  }

  boolean holds(FairConfig config) {
    return test.test(config);
  }
}
