package org.fairspark.detect.cutpaste;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.PatchSample;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.padim.GaussianSums;
import org.fairspark.features.PatchGrid;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.GraphSpec;

/** CutPaste: a patch is anomalous whose embedding is unlikely among those of normal patches. */
public final class CutPasteMethod implements PatchMethod<GaussianSums> {
  public static final String NAME = "cutpaste";

  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GraphSpec architecture(DetectionSettings settings) {
    return CutPasteNetwork.spec(side(settings), settings.width());
  }

  private static PatchGrid grid(DetectionSettings settings) {
    return new PatchGrid(settings.frame().size(), side(settings), side(settings) / 4);
  }

  private static int side(DetectionSettings settings) {
    return CutPasteNetwork.side(settings.frame().size());
  }

  @Override
  public int samplesOfImage() {
    return 32;
  }

  @Override
  public PatchSample sample(DetectionSettings settings, PixelImage image, long seed) {
    return new CutPasteSamples(side(settings)).make(image, seed);
  }

  @Override
  public GaussianSums look(DetectionSettings settings, TrainedGraph trained, FloatImage image) {
    return CutPasteNetwork.sums(trained, grid(settings), image);
  }

  @Override
  public NetworkWeights complete(NetworkWeights trained, List<GaussianSums> images) {
    return CutPasteNetwork.withDensity(
        trained, images.stream().reduce(GaussianSums::add).orElseThrow());
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new CutPasteDetector(networks.graph(NETWORK), grid(settings));
  }
}
