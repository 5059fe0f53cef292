package org.fairspark.detect.discriminative;

import java.util.List;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.TrainingLoad;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.UnetSpec;

/**
 * A method with two networks: the first restores the image, the second, the discriminator, sees the
 * image and its restoration and finds where the image is anomalous.
 */
public interface DiscriminatingMethod extends Method {
  /** The discriminator's name. */
  String DISCRIMINATOR = "discriminator";

  /** Returns the discriminator; it always runs on the engine that trained it. */
  MethodNetwork discriminator(DetectionSettings settings);

  /** Returns the architecture of a discriminator. */
  static UnetSpec discriminatorSpec(DetectionSettings settings) {
    return new UnetSpec(
        DiscriminativeFunction.INPUT_CHANNELS, settings.width(), true, UnetSpec.Head.MASK);
  }

  @Override
  default List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(RestorationMethod.network(settings), discriminator(settings));
  }

  /**
   * Estimates both trainings: the first as that of the restoration method, the second in one task.
   * The tasks that make its samples restore one image at a time, on the engines that trained, and
   * on further ones where there are more tasks than workers.
   */
  @Override
  default MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    UnetSpec first = settings.networkSpec();
    MemoryEstimate restoring =
        MemoryEstimate.ofRestoring(InferenceEngine.DL4J, first, 1, load.height(), load.width());
    return new RestorationMethod()
        .trainingMemory(settings, load)
        .plus(restoring.times(Math.max(0, load.tasks() - load.workers())))
        .plus(
            MemoryEstimate.ofTraining(
                load.engine(),
                discriminatorSpec(settings),
                load.batchSize(),
                load.height(),
                load.width()));
  }

  @Override
  default List<Extra> extras() {
    return Reconstruction.EXTRAS;
  }

  @Override
  default boolean learnsFrom(CorruptionRecipe recipe) {
    return recipe.marksAnomalies();
  }

  @Override
  default boolean detectsTiles() {
    return true;
  }

  @Override
  default AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new RestorationDetector(
        settings.extractor(),
        networks.network(RestorationMethod.NETWORK),
        new DiscriminativeFunction(
            networks.network(DISCRIMINATOR), settings.function().smoothing()),
        settings.batchSize());
  }
}
