package org.fairspark.detect;

import java.util.List;
import java.util.Set;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;

/**
 * A way to learn from one category's images and to detect what departs from the normal ones. Holds
 * no state; {@link Methods} finds it by its name.
 */
public interface Method {
  /** The folder of what thresholds are set for and new images are scored by. */
  String MODELS = "models";

  /** Returns the name that the configuration knows it by, in lower case. */
  String name();

  /**
   * Returns the networks that it trains for every category, in the order of their training.
   *
   * @return empty for a method that trains none
   */
  List<MethodNetwork> networks(DetectionSettings settings);

  /** Returns whether it trains networks that are no U-Nets, hence by PyTorch alone. */
  default boolean trainsGraphs(DetectionSettings settings) {
    return networks(settings).stream().anyMatch(MethodNetwork::isGraph);
  }

  /** Returns the folders under the output root that hold its models by category. */
  default List<String> folders(DetectionSettings settings) {
    return needsBackbone()
        ? List.of(MODELS)
        : networks(settings).stream().map(MethodNetwork::folder).distinct().toList();
  }

  /**
   * Returns whether it leaves a model in {@link #MODELS}; a method that learns nothing has none.
   */
  default boolean hasModel(DetectionSettings settings) {
    return folders(settings).contains(MODELS);
  }

  /** Returns what its detections hold beside map and score. */
  default List<Extra> extras() {
    return List.of();
  }

  /** Returns whether the map is made by the anomaly evaluation function that is configured. */
  default boolean usesAnomalyFunction() {
    return false;
  }

  /**
   * Returns whether it can learn from samples of a recipe; asked only of a method that {@link
   * #learnsFromSamples}.
   */
  default boolean learnsFrom(CorruptionRecipe recipe) {
    return recipe != CorruptionRecipe.CELLS;
  }

  /**
   * Returns whether it learns from {@code samples/}, corrupted images; otherwise from the clean
   * ones alone.
   */
  default boolean learnsFromSamples() {
    return true;
  }

  /**
   * Returns whether it works on the features of a backbone. Its model is then what was fitted on
   * them, {@link TrainedNetworks#fitted}, with the backbone's file.
   */
  default boolean needsBackbone() {
    return false;
  }

  /**
   * Returns which of the settings that only some methods on a backbone have it reads.
   *
   * @return of {@code coreset}, {@code bank-limit}, {@code neighbours} and {@code dimensions}
   */
  default Set<String> featureSettings() {
    return Set.of();
  }

  /** Returns how many layers of a backbone it takes at least; 0 for one that has no backbone. */
  default int fewestLayers() {
    return needsBackbone() ? 1 : 0;
  }

  /**
   * Returns whether its network must see the images themselves, not their high frequencies, since
   * it learns from how they differ from the clean ones.
   */
  default boolean needsColors() {
    return false;
  }

  /** Returns whether its detectors have {@link AnomalyDetector#tiles}. */
  default boolean detectsTiles() {
    return false;
  }

  /**
   * Returns the name of the method whose model stands in {@code models/}, where that is a simpler
   * one that this one builds on: thresholds are set for its detector, and new images scored by it.
   */
  default String buildsOn() {
    return name();
  }

  /**
   * Estimates the native memory that detecting takes in a task.
   *
   * @param engine that runs the networks, where they are not bound to another
   * @param height of the images, in pixels, a multiple of 16
   * @param width of the images, in pixels, a multiple of 16
   */
  default MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return networks(settings).stream()
        .map(
            network ->
                network
                    .spec()
                    .runningMemory(
                        network.engine().orElse(engine), settings.batchSize(), height, width))
        .reduce(new MemoryEstimate(0, 0), MemoryEstimate::plus);
  }

  /**
   * Estimates the native memory that training takes in a process. An engine stays ready for the
   * next category while other networks are trained.
   */
  default MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    return networks(settings).stream()
        .map(
            network ->
                network
                    .spec()
                    .trainingMemory(load.engine(), load.batchSize(), load.height(), load.width())
                    .times(load.workers()))
        .reduce(new MemoryEstimate(0, 0), MemoryEstimate::plus);
  }

  /**
   * Makes a detector, for one batch: what takes long to make belongs to the trained model.
   *
   * @param networks all of {@link #networks(DetectionSettings)}, trained
   */
  AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks);
}
