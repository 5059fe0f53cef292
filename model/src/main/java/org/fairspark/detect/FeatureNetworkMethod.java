package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.features.PatchExtractor;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.graph.GraphSpec;

/**
 * A method that trains a network on the features of a backbone, on clean images alone. Only the
 * backbone's file says how many channels its layers have: the network's architecture is known once
 * that is open.
 */
public interface FeatureNetworkMethod extends BackboneMethod {
  /** Returns the network's name in the method. */
  String network();

  /**
   * Returns the network's architecture. Its inputs are the layers, in their order; what it compares
   * with is among these.
   *
   * @param layers shape of each, {@code [channels][height][width]}, the finest first
   * @throws IllegalArgumentException if the method does not take layers of these shapes
   */
  GraphSpec architecture(DetectionSettings settings, List<List<Integer>> layers);

  /** Returns the network, which lies beside the backbone in {@link #MODELS}. */
  @Override
  default List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(MethodNetwork.ofGraph(network(), Optional.empty(), Optional.empty()));
  }

  @Override
  default MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return BackboneMethod.super
        .memory(settings, engine, height, width)
        .plus(largest(settings, height, width).runningMemory(engine, 1, height, width));
  }

  /** Estimates training, and the tasks that compute features for it. */
  @Override
  default MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    return PatchExtractor.memory(load.height(), load.width())
        .times(load.tasks())
        .plus(
            largest(settings, load.height(), load.width())
                .trainingMemory(load.engine(), load.batchSize(), load.height(), load.width())
                .times(load.workers()));
  }

  /**
   * Returns the network on layers as wide as usual backbones have them: 256 channels at a quarter
   * of the image's sides, twice as many at half of these, and so on.
   */
  private GraphSpec largest(DetectionSettings settings, int height, int width) {
    int count = Math.max(fewestLayers(), settings.features().backbone().layers().size());
    int coarsest = 8 << (count - 1);
    List<List<Integer>> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int side = 1 << (count - i);
      layers.add(
          List.of(
              256 << i,
              side * Math.max(1, (height + coarsest - 1) / coarsest),
              side * Math.max(1, (width + coarsest - 1) / coarsest)));
    }
    return architecture(settings, layers);
  }
}
