package org.fairspark.detect.patchsvdd;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.PatchSample;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.GraphSpec;

/** Patch-SVDD: a patch is anomalous whose encoding is far from all of those of normal patches. */
public final class PatchSvddMethod implements PatchMethod<PatchEncodings> {
  public static final String NAME = "patchsvdd";

  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  private static ImageSize size(DetectionSettings settings) {
    return settings.frame().size();
  }

  @Override
  public GraphSpec architecture(DetectionSettings settings) {
    return PatchSvddNetwork.of(PatchSvddNetwork.side(size(settings)), settings.width());
  }

  @Override
  public int samplesOfImage() {
    return 16;
  }

  @Override
  public PatchSample sample(DetectionSettings settings, PixelImage image, long seed) {
    return new PatchPairs(PatchSvddNetwork.side(size(settings))).make(image, seed);
  }

  @Override
  public PatchEncodings look(DetectionSettings settings, TrainedGraph trained, FloatImage image) {
    return PatchGrids.of(size(settings))
        .run(
            trained,
            image,
            PatchSvddNetwork.LARGE,
            PatchSvddNetwork.SMALL,
            PatchSvddNetwork.dimension(settings.width()));
  }

  @Override
  public NetworkWeights complete(NetworkWeights trained, List<PatchEncodings> images) {
    return PatchEncodings.banks(trained, images);
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new PatchSvddDetector(networks.graph(NETWORK), PatchGrids.of(size(settings)));
  }
}
