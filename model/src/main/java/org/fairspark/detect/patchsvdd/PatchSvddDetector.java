package org.fairspark.detect.patchsvdd;

import java.util.List;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.image.FloatImage;
import org.fairspark.network.TrainedGraph;

/**
 * A detector by the distances of patches from the nearest normal ones, at two scales. As
 * thread-safe as its network.
 *
 * @param network that gives the distances of a large patch and of the small ones in it
 */
record PatchSvddDetector(TrainedGraph network, PatchGrids grids) implements AnomalyDetector {
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    return images.stream().map(this::detect).toList();
  }

  private Detection detect(FloatImage image) {
    PatchEncodings distances =
        grids.run(
            network, image, PatchSvddNetwork.LARGE_DISTANCE, PatchSvddNetwork.SMALL_DISTANCES, 1);
    float[] map = grids.large().map(distances.large().values()).values();
    float[] small = grids.small().map(distances.small().values()).values();
    for (int i = 0; i < map.length; i++) {
      map[i] *= small[i];
    }
    FloatImage product = new FloatImage(1, image.height(), image.width(), map);
    return Detection.of(product, Peak.of(product).value());
  }
}
