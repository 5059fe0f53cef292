package org.fairspark.inference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.fairspark.config.EngineSetting;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that restores, chosen once for a job, on the driver: all images of a table are
 * restored alike.
 *
 * @param engine what restores
 * @param instead why it is not the one that was asked for, if so
 * @param passedOver the faster engines that were not chosen, each with the reason
 */
public record EngineChoice(
    InferenceEngine engine, Optional<String> instead, List<String> passedOver) {
  private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);
  private static final AtomicReference<String> LOGGED = new AtomicReference<>("");

  /** Copies the list. */
  public EngineChoice {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Chooses by what this build holds, this machine runs and the network allows, and logs the choice
   * where it is another than the last one of this process.
   */
  public static EngineChoice of(EngineSetting asked, UnetSpec spec) {
    return of(asked, List.of(spec));
  }

  /** Chooses one engine that can run all of several networks, at least one. */
  public static EngineChoice of(EngineSetting asked, Collection<UnetSpec> specs) {
    // DL4J runs everywhere: no other library needs to be loaded to choose it.
    EngineChoice choice =
        asked == EngineSetting.DL4J
            ? new EngineChoice(InferenceEngine.DL4J, Optional.empty(), List.of())
            : of(asked, Abilities.here(specs));
    String line = choice.line();
    if (!LOGGED.getAndSet(line).equals(line)) {
      LOG.info(line);
    }
    return choice;
  }

  /** Returns the engines that can restore with such a network on this machine. */
  public static List<InferenceEngine> usable(UnetSpec spec) {
    Abilities here = Abilities.here(List.of(spec));
    List<InferenceEngine> usable = new ArrayList<>();
    if (here.withoutOneDnn().isEmpty()) {
      usable.add(InferenceEngine.ONEDNN);
    }
    if (here.withoutOnnx().get().isEmpty()) {
      usable.add(InferenceEngine.ONNX);
    }
    usable.add(InferenceEngine.DL4J);
    return usable;
  }

  /** Returns one human-readable line: what restores, and why nothing faster does. */
  public String line() {
    return passedOver.isEmpty()
        ? name(engine) + " restores"
        : "%s restores; not %s".formatted(name(engine), String.join(", not ", passedOver));
  }

  /** Returns one human-readable line for thresholds that another engine's scores set. */
  public String unlike(InferenceEngine calibrated) {
    return ("%s restores, but the threshold is from scores of %s: they differ by rounding, so that"
            + " an image next to the threshold may be decided otherwise; to calibrate by the engine"
            + " that scores, run train with the same score.engine on this machine")
        .formatted(name(engine), name(calibrated));
  }

  /**
   * The facts that the choice depends on.
   *
   * @param withoutOneDnn why oneDNN cannot restore, if so
   * @param withoutOnnx why ONNX Runtime cannot, if so; asking unpacks and loads it
   * @param cuda whether this is a build for GPUs
   * @param onnxCuda whether its ONNX Runtime is
   */
  record Abilities(
      Optional<String> withoutOneDnn,
      Supplier<Optional<String>> withoutOnnx,
      boolean cuda,
      boolean onnxCuda) {

    static Abilities here(Collection<UnetSpec> specs) {
      return new Abilities(
          specs.stream().flatMap(spec -> OneDnnRestorer.unsuitable(spec).stream()).findFirst(),
          () ->
              OnnxRestorer.unavailable()
                  .or(
                      () ->
                          specs.stream()
                              .flatMap(spec -> OnnxExport.unsuitable(spec).stream())
                              .findFirst()),
          NativeBackend.hasCuda(),
          OnnxRestorer.hasCuda());
    }
  }

  /** Chooses by what was asked for and what can run. */
  static EngineChoice of(EngineSetting asked, Abilities abilities) {
    return switch (asked) {
      case AUTO -> best(abilities);
      case DL4J -> just(InferenceEngine.DL4J);
      case ONEDNN ->
          abilities.withoutOneDnn().isPresent()
              ? instead(
                  "oneDNN cannot restore here (%s)".formatted(abilities.withoutOneDnn().get()),
                  best(abilities))
              : just(InferenceEngine.ONEDNN);
      case ONNX -> onnx(abilities);
    };
  }

  private static EngineChoice best(Abilities abilities) {
    if (!abilities.cuda() && !abilities.onnxCuda() && abilities.withoutOneDnn().isEmpty()) {
      return just(InferenceEngine.ONEDNN);
    }
    Optional<String> withoutOnnx = abilities.withoutOnnx().get();
    String without =
        "%s (%s)"
            .formatted(
                name(InferenceEngine.ONNX), withoutOnnx.orElse("this build's is for CPUs only"));
    if (withoutOnnx.isEmpty() && abilities.onnxCuda()) {
      return just(InferenceEngine.ONNX);
    }
    if (abilities.cuda()) {
      return just(InferenceEngine.DL4J, without);
    }
    if (abilities.withoutOneDnn().isEmpty()) {
      return just(InferenceEngine.ONEDNN);
    }
    List<String> passedOver = new ArrayList<>();
    passedOver.add(
        "%s (%s)".formatted(name(InferenceEngine.ONEDNN), abilities.withoutOneDnn().get()));
    if (withoutOnnx.isEmpty()) {
      return new EngineChoice(InferenceEngine.ONNX, Optional.empty(), passedOver);
    }
    passedOver.add(without);
    return new EngineChoice(InferenceEngine.DL4J, Optional.empty(), passedOver);
  }

  private static EngineChoice onnx(Abilities abilities) {
    Optional<String> withoutOnnx = abilities.withoutOnnx().get();
    if (withoutOnnx.isPresent()) {
      return instead(
          "ONNX Runtime cannot restore here (%s)".formatted(withoutOnnx.get()),
          just(InferenceEngine.DL4J));
    }
    if (abilities.cuda() && !abilities.onnxCuda()) {
      return instead("this build's ONNX Runtime is for CPUs only", just(InferenceEngine.DL4J));
    }
    return just(InferenceEngine.ONNX);
  }

  private static EngineChoice just(InferenceEngine engine, String... passedOver) {
    return new EngineChoice(engine, Optional.empty(), List.of(passedOver));
  }

  private static EngineChoice instead(String reason, EngineChoice other) {
    return new EngineChoice(
        other.engine(),
        Optional.of(
            "%s: %s restores instead; engine=auto chooses quietly"
                .formatted(reason, name(other.engine()))),
        other.passedOver());
  }

  /** Returns the engine's human-readable name. */
  static String name(InferenceEngine engine) {
    return switch (engine) {
      case ONEDNN -> "oneDNN";
      case ONNX -> "ONNX Runtime";
      case DL4J -> "DL4J";
    };
  }
}
