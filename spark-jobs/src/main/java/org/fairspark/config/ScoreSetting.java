package org.fairspark.config;

import java.util.Optional;
import org.fairspark.scoring.ScoreStatistic;

/** The {@link ScoreStatistic} that is asked for, or its choice by a trial. */
public enum ScoreSetting {
  PAPER,
  /** Chosen for each category. */
  AUTO,
  MAX_LESS_LEVEL,
  MAX_OVER_LEVEL,
  MAX_OVER_ROOT_LEVEL,
  QUANTILE_OVER_LEVEL,
  POSITION_Z,
  POSITION_LOG,
  POSITION_LOG_Z,
  MIXTURE;

  /** Returns the statistic; empty where it is to be chosen. */
  public Optional<ScoreStatistic> statistic() {
    return this == AUTO ? Optional.empty() : Optional.of(ScoreStatistic.valueOf(name()));
  }

  /** Returns whether a model must have been calibrated with it: normal images decide the score. */
  public boolean needsCalibration() {
    return statistic().map(ScoreStatistic::byPosition).orElse(true);
  }

  /** Returns whether the score may be a mixture, which looks at maps beside the anomaly map. */
  boolean mayMix() {
    return this == AUTO || this == MIXTURE;
  }

  /** Returns the word in the configuration. */
  public String word() {
    return statistic().map(ScoreStatistic::word).orElse("auto");
  }
}
