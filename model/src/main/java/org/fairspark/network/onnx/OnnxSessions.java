package org.fairspark.network.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.OptionalInt;

/** Sessions of ONNX Runtime, all with the same settings. */
final class OnnxSessions {
  private OnnxSessions() {}

  /**
   * Prepares a file.
   *
   * @param threads how many may work on one batch
   * @param gpu CUDA's number of the GPU; empty for the CPU
   * @throws IllegalArgumentException if ONNX Runtime cannot open the file
   * @throws IllegalStateException if ONNX Runtime is {@link OnnxRestorer#unavailable}
   */
  static OrtSession open(byte[] file, int threads, OptionalInt gpu) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    OnnxRestorer.unavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException("ONNX Runtime cannot be loaded: " + reason);
            });
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (gpu.isPresent()) {
        options.addCUDA(gpu.getAsInt());
      }
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Threads that wait busily are welcome within a batch, not between batches.
      options.addConfigEntry("session.force_spinning_stop", "1");
      return OrtEnvironment.getEnvironment().createSession(file, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime cannot open the file: " + e.getMessage(), e);
    }
  }

  /** Frees a session's native memory. */
  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close", e);
    }
  }
}
