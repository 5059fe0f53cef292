package org.fairspark.network;

/** An engine that restores images with a trained network. Results differ by rounding only. */
public enum InferenceEngine {
  /** oneDNN: the fastest one on processors with AVX-512. */
  ONEDNN,
  /** ONNX Runtime: for every processor, and for GPUs. */
  ONNX,
  /** Deeplearning4j: the network that was trained. */
  DL4J
}
