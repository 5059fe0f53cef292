package org.fairspark.detect.nsa;

import java.util.List;
import java.util.Optional;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.network.UnetSpec;

/** NSA: a network tells where patches of other normal images were blended in, and how visibly. */
public final class NsaMethod implements Method {
  public static final String NAME = "nsa";

  /** The network's name. */
  private static final String NETWORK = "model";

  @Override
  public String name() {
    return NAME;
  }

  /** Returns its only network. */
  public static MethodNetwork network(DetectionSettings settings) {
    return new MethodNetwork(
        NETWORK,
        MODELS,
        new UnetSpec(
            settings.extractor().channels(),
            settings.width(),
            settings.skips(),
            UnetSpec.Head.SOFT_MASK),
        Optional.empty());
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(network(settings));
  }

  @Override
  public boolean learnsFrom(CorruptionRecipe recipe) {
    return recipe.marksAnomalies();
  }

  @Override
  public boolean needsColors() {
    return true;
  }

  @Override
  public boolean detectsTiles() {
    return true;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new NsaDetector(
        new BatchRestorer(settings.extractor(), networks.network(NETWORK), settings.batchSize()),
        settings.function());
  }
}
