package org.fairspark.config;

/** The {@link org.fairspark.network.TrainingEngine} that is asked for. */
public enum TrainerSetting {
  /** Deeplearning4j, unless the GPUs are too new or too old for it and PyTorch can use them. */
  AUTO,
  DL4J,
  PYTORCH
}
