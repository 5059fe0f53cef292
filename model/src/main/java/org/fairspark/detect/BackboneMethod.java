package org.fairspark.detect;

import java.util.List;
import org.fairspark.features.PatchExtractor;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;

/**
 * A method that fits something to the features of a backbone on clean images, and trains no network
 * of its own.
 */
public interface BackboneMethod extends Method {
  @Override
  default List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of();
  }

  @Override
  default boolean learnsFromSamples() {
    return false;
  }

  @Override
  default boolean needsBackbone() {
    return true;
  }

  @Override
  default MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return PatchExtractor.memory(height, width);
  }
}
