package org.fairspark.config;

/** Which {@link org.fairspark.network.InferenceEngine} is asked for. */
public enum EngineSetting {
  /** The fastest that the driver's machine can run. */
  AUTO,
  ONEDNN,
  ONNX,
  DL4J
}
