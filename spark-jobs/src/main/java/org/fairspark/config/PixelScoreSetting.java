package org.fairspark.config;

import java.util.Optional;
import org.fairspark.scoring.PixelStatistic;

/** The {@link PixelStatistic} that is asked for, or its choice by a trial. */
public enum PixelScoreSetting {
  PAPER,
  /** Chosen for each category. */
  AUTO,
  OVER_ROOT_LEVEL,
  POSITION_RATIO;

  /** Returns the statistic; empty where it is to be chosen. */
  public Optional<PixelStatistic> statistic() {
    return this == AUTO ? Optional.empty() : Optional.of(PixelStatistic.valueOf(name()));
  }

  /** Returns whether a model must have been calibrated with it: normal images decide the score. */
  public boolean needsCalibration() {
    return statistic().map(PixelStatistic::byPosition).orElse(true);
  }

  /** Returns the word in the configuration. */
  public String word() {
    return statistic().map(PixelStatistic::word).orElse("auto");
  }
}
