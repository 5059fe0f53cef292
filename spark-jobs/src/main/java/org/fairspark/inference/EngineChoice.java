package org.fairspark.inference;

import java.util.Optional;
import org.fairspark.config.EngineSetting;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;

/**
 * The engine that restores, chosen once for a job, on the driver: all images of a table are
 * restored alike.
 *
 * @param engine what restores
 * @param instead why it is not the one that was asked for, if so
 */
public record EngineChoice(InferenceEngine engine, Optional<String> instead) {

  /** Chooses by what this build holds, this machine runs and the network allows. */
  public static EngineChoice of(EngineSetting asked, NetworkSpec shape) {
    // What is asked for wherever it runs needs no other library to be loaded.
    return asked == EngineSetting.DL4J
        ? new EngineChoice(InferenceEngine.DL4J, Optional.empty())
        : of(asked, Abilities.here(shape));
  }

  /**
   * What can be chosen from.
   *
   * @param withoutOneDnn why oneDNN cannot restore, if so
   * @param withoutOnnx why ONNX Runtime cannot, if so
   * @param cuda whether this is a build for GPUs
   * @param onnxCuda whether its ONNX Runtime is
   */
  record Abilities(
      Optional<String> withoutOneDnn,
      Optional<String> withoutOnnx,
      boolean cuda,
      boolean onnxCuda) {

    static Abilities here(NetworkSpec shape) {
      Optional<String> withoutOnnx = OnnxRestorer.unavailable();
      if (withoutOnnx.isEmpty() && !OnnxExport.fits(shape)) {
        withoutOnnx = Optional.of("the network is too large for an ONNX file");
      }
      return new Abilities(
          OneDnnRestorer.unsuitable(shape),
          withoutOnnx,
          NativeBackend.hasCuda(),
          OnnxRestorer.hasCuda());
    }
  }

  /** The rule. */
  static EngineChoice of(EngineSetting asked, Abilities abilities) {
    return switch (asked) {
      case AUTO -> new EngineChoice(best(abilities), Optional.empty());
      case DL4J -> new EngineChoice(InferenceEngine.DL4J, Optional.empty());
      case ONEDNN ->
          abilities.withoutOneDnn().isPresent()
              ? instead(
                  "oneDNN cannot restore here (%s)".formatted(abilities.withoutOneDnn().get()),
                  best(abilities))
              : new EngineChoice(InferenceEngine.ONEDNN, Optional.empty());
      case ONNX -> onnx(abilities);
    };
  }

  private static InferenceEngine best(Abilities abilities) {
    boolean onnx = abilities.withoutOnnx().isEmpty();
    if (onnx && abilities.onnxCuda()) {
      return InferenceEngine.ONNX;
    }
    if (abilities.cuda()) {
      return InferenceEngine.DL4J;
    }
    if (abilities.withoutOneDnn().isEmpty()) {
      return InferenceEngine.ONEDNN;
    }
    return onnx ? InferenceEngine.ONNX : InferenceEngine.DL4J;
  }

  private static EngineChoice onnx(Abilities abilities) {
    if (abilities.withoutOnnx().isPresent()) {
      return instead(
          "ONNX Runtime cannot restore here (%s)".formatted(abilities.withoutOnnx().get()),
          InferenceEngine.DL4J);
    }
    if (abilities.cuda() && !abilities.onnxCuda()) {
      return instead("this build's ONNX Runtime is for CPUs only", InferenceEngine.DL4J);
    }
    return new EngineChoice(InferenceEngine.ONNX, Optional.empty());
  }

  private static EngineChoice instead(String reason, InferenceEngine engine) {
    return new EngineChoice(
        engine,
        Optional.of(
            "%s: %s restores instead; engine=auto chooses quietly"
                .formatted(reason, name(engine))));
  }

  private static String name(InferenceEngine engine) {
    return switch (engine) {
      case ONEDNN -> "oneDNN";
      case ONNX -> "ONNX Runtime";
      case DL4J -> "DL4J";
    };
  }
}
