package org.fairspark.detect.restoration;

import java.util.List;
import java.util.Optional;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TrainedNetworks;

/**
 * The paper's method: a network restores the image from its high frequencies, and what it restores
 * badly is anomalous.
 */
public final class RestorationMethod implements Method {
  public static final String NAME = "restoration";

  /** The restoration network's name and folder. */
  public static final String NETWORK = "model";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(network(settings));
  }

  /** Returns the restoration network, for methods that build on it. */
  public static MethodNetwork network(DetectionSettings settings) {
    return new MethodNetwork(NETWORK, MODELS, settings.networkSpec(), Optional.empty());
  }

  @Override
  public List<Extra> extras() {
    return Reconstruction.EXTRAS;
  }

  @Override
  public boolean usesAnomalyFunction() {
    return true;
  }

  @Override
  public boolean detectsTiles() {
    return true;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new RestorationDetector(
        settings.extractor(), networks.network(NETWORK), settings.function(), settings.batchSize());
  }
}
