package org.fairspark.network;

/**
 * An engine that trains a network. Results differ by rounding only, and either goes on with what
 * the other has begun.
 */
public enum TrainingEngine {
  /** Deeplearning4j: on CPUs the fastest, and on GPUs of compute capability 3.7 to 8.9. */
  DL4J,
  /** PyTorch through DJL: for GPUs of compute capability 7.5 and later. */
  PYTORCH
}
