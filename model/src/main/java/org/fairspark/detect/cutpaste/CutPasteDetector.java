package org.fairspark.detect.cutpaste;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.features.PatchGrid;
import org.fairspark.image.FloatImage;
import org.fairspark.network.TrainedGraph;

/**
 * A detector that tells of every patch how far it is from normal ones. As thread-safe as its
 * network.
 *
 * @param network that gives a patch's embedding and its distance
 * @param grid of the patches
 */
record CutPasteDetector(TrainedGraph network, PatchGrid grid) implements AnomalyDetector {
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> detections = new ArrayList<>(images.size());
    for (FloatImage image : images) {
      List<FloatImage> patches = grid.patches(image);
      float[] distances = new float[patches.size()];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = network.run(List.of(patches.get(i).values())).get(1)[0];
      }
      FloatImage map = grid.map(distances);
      detections.add(Detection.of(map, Peak.of(map).value()));
    }
    return detections;
  }
}
