package org.fairspark.detect;

import java.util.Optional;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.UnetSpec;

/**
 * One of the networks that a method trains for every category.
 *
 * @param name in the method, such as {@code model}
 * @param folder under the output root that holds it: {@code FOLDER/CATEGORY/}
 * @param part folder in that one, {@code FOLDER/CATEGORY/PART/}, of a network that is of use only
 *     with the one there; empty for that one itself
 * @param spec its architecture
 * @param engine what always runs it; empty: the engine that is configured
 */
public record MethodNetwork(
    String name,
    String folder,
    Optional<String> part,
    UnetSpec spec,
    Optional<InferenceEngine> engine) {

  /** Makes the description of a network that has a folder of its own. */
  public MethodNetwork(
      String name, String folder, UnetSpec spec, Optional<InferenceEngine> engine) {
    this(name, folder, Optional.empty(), spec, engine);
  }
}
