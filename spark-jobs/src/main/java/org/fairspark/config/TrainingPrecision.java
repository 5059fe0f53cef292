package org.fairspark.config;

/** The precision of convolutions while PyTorch trains on a GPU. */
public enum TrainingPrecision {
  /** Single precision everywhere. */
  FLOAT32,
  /** Factors rounded to 10 bits, which tensor cores take; faster, and other numbers. */
  TF32
}
