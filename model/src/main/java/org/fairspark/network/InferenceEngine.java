package org.fairspark.network;

import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxRestorer;

/** What restores images with a trained network. Results differ by rounding only. */
public enum InferenceEngine {
  /** oneDNN, see {@link OneDnnRestorer}: the fastest one on processors with AVX-512. */
  ONEDNN,
  /** ONNX Runtime, see {@link OnnxRestorer}: for every processor, and for GPUs. */
  ONNX,
  /** The network that was trained, see {@link Dl4jTrainer}. */
  DL4J
}
