package org.fairspark.job.inference;

import java.util.Optional;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NativeBackend;
import org.fairspark.network.OnnxRestorer;

/**
 * The engine that restores, chosen once for a job, on the driver: all images of a table are
 * restored alike.
 *
 * @param engine what restores
 * @param instead why it is not the one that was asked for, if so
 */
public record EngineChoice(InferenceEngine engine, Optional<String> instead) {

  /** Chooses by what this build holds and this machine loads. */
  public static EngineChoice of(InferenceEngine asked) {
    if (asked == InferenceEngine.DL4J) {
      return new EngineChoice(asked, Optional.empty());
    }
    return of(
        asked, OnnxRestorer.unavailable(), NativeBackend.hasCuda() && !OnnxRestorer.hasCuda());
  }

  /**
   * The rule.
   *
   * @param unavailable why ONNX Runtime does not load, if so
   * @param gpuWithoutOnnx whether this is a build for GPUs, but not its ONNX Runtime
   */
  static EngineChoice of(
      InferenceEngine asked, Optional<String> unavailable, boolean gpuWithoutOnnx) {
    if (asked == InferenceEngine.ONNX && unavailable.isPresent()) {
      return dl4j("ONNX Runtime cannot be loaded here (%s)".formatted(unavailable.get()));
    }
    if (asked == InferenceEngine.ONNX && gpuWithoutOnnx) {
      return dl4j("this build's ONNX Runtime is for CPUs only");
    }
    return new EngineChoice(asked, Optional.empty());
  }

  private static EngineChoice dl4j(String reason) {
    return new EngineChoice(
        InferenceEngine.DL4J,
        Optional.of(
            reason
                + ": DL4J restores instead; --set evaluation.engine=dl4j says the same quietly"));
  }
}
