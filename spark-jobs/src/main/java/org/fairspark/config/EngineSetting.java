package org.fairspark.config;

/** The {@link org.fairspark.network.InferenceEngine} that is asked for. */
public enum EngineSetting {
  /** The fastest that the driver's machine can run. */
  AUTO,
  ONEDNN,
  ONNX,
  DL4J
}
