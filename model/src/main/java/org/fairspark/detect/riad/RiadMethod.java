package org.fairspark.detect.riad;

import java.util.List;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.detect.restoration.RestorationMethod;

/** RIAD: an image is anomalous where it is not what a network paints in from its surroundings. */
public final class RiadMethod implements Method {
  public static final String NAME = "riad";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(RestorationMethod.network(settings));
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
  public boolean learnsFrom(CorruptionRecipe recipe) {
    return recipe == CorruptionRecipe.CELLS;
  }

  @Override
  public boolean detectsTiles() {
    return true;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new RiadDetector(
        new BatchRestorer(
            settings.extractor(),
            networks.network(RestorationMethod.NETWORK),
            settings.batchSize()),
        settings.function());
  }
}
