package org.fairspark.detect.discriminative;

import java.util.List;
import java.util.Optional;
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
import org.fairspark.network.NetworkSpec;

/**
 * The method that the paper's Table 11 compares with ("Dis"): a second network sees the image and
 * its restoration, and is trained to find where images were corrupted.
 */
public final class DiscriminativeMethod implements Method {
  public static final String NAME = "discriminative";

  /** The second network's name. */
  public static final String NETWORK = "discriminator";

  private static final String FOLDER = "discriminators";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(RestorationMethod.network(settings), network(settings));
  }

  /** Returns the second network; it always runs on the engine that trained it. */
  public static MethodNetwork network(DetectionSettings settings) {
    return new MethodNetwork(
        NETWORK,
        FOLDER,
        new NetworkSpec(
            DiscriminativeFunction.INPUT_CHANNELS, settings.width(), true, NetworkSpec.Head.MASK),
        Optional.of(InferenceEngine.DL4J));
  }

  /**
   * Estimates both trainings: the first as that of the restoration method, the second in one task.
   * The tasks that make its samples restore one image at a time, on the engines that trained, and
   * on further ones where there are more tasks than workers.
   */
  @Override
  public MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    NetworkSpec first = RestorationMethod.network(settings).spec();
    MemoryEstimate restoring =
        MemoryEstimate.ofRestoring(InferenceEngine.DL4J, first, 1, load.height(), load.width());
    return new RestorationMethod()
        .trainingMemory(settings, load)
        .plus(restoring.times(Math.max(0, load.tasks() - load.workers())))
        .plus(
            MemoryEstimate.ofTraining(
                load.engine(),
                network(settings).spec(),
                load.batchSize(),
                load.height(),
                load.width()));
  }

  @Override
  public List<Extra> extras() {
    return Reconstruction.EXTRAS;
  }

  @Override
  public boolean needsCorruption() {
    return true;
  }

  @Override
  public boolean detectsTiles() {
    return true;
  }

  @Override
  public String buildsOn() {
    return RestorationMethod.NAME;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new RestorationDetector(
        settings.extractor(),
        networks.network(RestorationMethod.NETWORK),
        new DiscriminativeFunction(networks.network(NETWORK), settings.function().smoothing()),
        settings.batchSize());
  }
}
