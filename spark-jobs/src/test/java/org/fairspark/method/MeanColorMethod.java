package org.fairspark.method;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.image.FloatImage;

/**
 * A method as a newcomer would add it, without network or restoration: each pixel is as anomalous
 * as it is far from its image's mean colour.
 */
public final class MeanColorMethod implements Method {
  static final String NAME = "mean-color";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of();
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return images -> {
      List<Detection> detections = new ArrayList<>();
      for (FloatImage image : images) {
        FloatImage map = map(image);
        detections.add(Detection.of(map, AnomalyFunction.score(map)));
      }
      return detections;
    };
  }

  private static FloatImage map(FloatImage image) {
    int plane = image.height() * image.width();
    float[] map = new float[plane];
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int p = 0; p < plane; p++) {
        sum += image.values()[channel * plane + p];
      }
      float mean = (float) (sum / plane);
      for (int p = 0; p < plane; p++) {
        map[p] += Math.abs(image.values()[channel * plane + p] - mean);
      }
    }
    return new FloatImage(1, image.height(), image.width(), map);
  }
}
