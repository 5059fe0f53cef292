package org.fairspark.detect.rd4ad;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.FeatureNetworkMethod;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.network.graph.GraphSpec;

/**
 * RD4AD: an image is anomalous where a student, which restores features from an embedding of normal
 * images, does not restore those of a pretrained teacher.
 */
public final class Rd4adMethod implements FeatureNetworkMethod {
  public static final String NAME = "rd4ad";
  private static final String STUDENT = "student";

  @Override
  public String name() {
    return NAME;
  }

  /** Returns 2: the embedding joins scales. */
  @Override
  public int fewestLayers() {
    return 2;
  }

  @Override
  public String network() {
    return STUDENT;
  }

  @Override
  public GraphSpec architecture(DetectionSettings settings, List<List<Integer>> layers) {
    return StudentNetwork.of(settings.width(), layers);
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new Rd4adDetector(
        settings.features().backbone(), networks.backbone(), networks.graph(STUDENT));
  }
}
