package org.fairspark.detect.cutpaste;

import java.util.List;
import java.util.Optional;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;

/** CutPaste: a patch is anomalous whose embedding is unlikely among those of normal patches. */
public final class CutPasteMethod implements Method {
  public static final String NAME = "cutpaste";

  /** The network's name. */
  private static final String NETWORK = "model";

  @Override
  public String name() {
    return NAME;
  }

  /** Returns its only network. */
  public static MethodNetwork network(DetectionSettings settings) {
    return MethodNetwork.ofGraph(
        NETWORK,
        Optional.empty(),
        Optional.of(CutPasteNetwork.spec(side(settings), settings.width())));
  }

  /** Returns the grid of patches of an image. */
  public static PatchGrid grid(DetectionSettings settings) {
    return new PatchGrid(settings.frame().size(), side(settings));
  }

  private static int side(DetectionSettings settings) {
    return CutPasteNetwork.side(settings.frame().size());
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(network(settings));
  }

  @Override
  public boolean learnsFromSamples() {
    return false;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new CutPasteDetector(networks.graph(NETWORK), grid(settings));
  }
}
