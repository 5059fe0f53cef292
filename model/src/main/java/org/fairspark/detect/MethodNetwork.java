package org.fairspark.detect;

import java.util.Optional;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;

/**
 * One of the networks that a method trains for every category.
 *
 * @param name in the method, such as {@code model}
 * @param folder under the output root that holds it: {@code FOLDER/CATEGORY/}
 * @param spec its architecture
 * @param engine what always runs it; empty: the engine that is configured
 */
public record MethodNetwork(
    String name, String folder, NetworkSpec spec, Optional<InferenceEngine> engine) {}
