package org.fairspark.network;

/** What restores images with a trained network. Results differ by rounding only. */
public enum InferenceEngine {
  /** ONNX Runtime, see {@link OnnxRestorer}: the faster one. */
  ONNX,
  /** The network that was trained, see {@link RestorationNetwork}. */
  DL4J
}
