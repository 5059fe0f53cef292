package org.fairspark.detect;

import java.util.Optional;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.UnetSpec;

/**
 * One of the networks that a method trains for every category.
 *
 * @param name in the method, such as {@code model}
 * @param folder under the output root that holds it: {@code FOLDER/CATEGORY/}
 * @param part folder in that one, {@code FOLDER/CATEGORY/PART/}, of a network that is of use only
 *     with the one there; empty for that one itself
 * @param architecture what it is; empty where that follows from a backbone's file, which settings
 *     only name
 * @param engine what always runs it; empty: the engine that is configured
 */
public record MethodNetwork(
    String name,
    String folder,
    Optional<String> part,
    Optional<NetworkSpec> architecture,
    Optional<InferenceEngine> engine) {

  /** Makes the description of a network that has a folder of its own. */
  public MethodNetwork(
      String name, String folder, NetworkSpec spec, Optional<InferenceEngine> engine) {
    this(name, folder, Optional.empty(), Optional.of(spec), engine);
  }

  /**
   * Returns the description of a network that is no U-Net: PyTorch trains it, and ONNX Runtime runs
   * it.
   *
   * @param part as in the record
   * @param architecture as in the record
   */
  public static MethodNetwork ofGraph(
      String name, Optional<String> part, Optional<NetworkSpec> architecture) {
    return new MethodNetwork(
        name, Method.MODELS, part, architecture, Optional.of(InferenceEngine.ONNX));
  }

  /**
   * Returns this network with its architecture, which the caller knows from the backbone's file.
   */
  public MethodNetwork with(NetworkSpec spec) {
    return new MethodNetwork(name, folder, part, Optional.of(spec), engine);
  }

  /** Returns the architecture of a U-Net; empty if it is none. */
  public Optional<UnetSpec> unet() {
    return architecture.filter(UnetSpec.class::isInstance).map(UnetSpec.class::cast);
  }

  /** Returns whether it is no U-Net. */
  public boolean isGraph() {
    return unet().isEmpty();
  }

  /**
   * Returns its architecture.
   *
   * @throws IllegalStateException if that follows from a file that was not opened
   */
  public NetworkSpec spec() {
    return architecture.orElseThrow(
        () ->
            new IllegalStateException(
                "the architecture of %s is not known before the backbone is opened"
                    .formatted(name)));
  }
}
