package org.fairspark.detect.rd4ad;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.features.BackboneSettings;
import org.fairspark.features.PatchMap;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.TrainedGraph;

/**
 * A detector by the distances of a teacher's features from a student's, which knows normal images
 * alone: their maps of all scales, enlarged, added and smoothed.
 *
 * @param settings of the teacher: its layers and preprocessing
 * @param student from features to the distances of each scale
 */
record Rd4adDetector(BackboneSettings settings, Backbone teacher, TrainedGraph student)
    implements AnomalyDetector {

  @Override
  public List<Detection> detect(List<FloatImage> images) {
    return images.stream().map(this::detect).toList();
  }

  private Detection detect(FloatImage image) {
    List<FloatImage> features = teacher.features(settings.preprocess(image));
    List<float[]> inputs = new ArrayList<>(features.size());
    features.forEach(layer -> inputs.add(layer.values()));
    List<float[]> distances = student.run(inputs);
    float[] sum = new float[image.height() * image.width()];
    for (int scale = 0; scale < distances.size(); scale++) {
      FloatImage layer = features.get(scale);
      FloatImage map = new FloatImage(1, layer.height(), layer.width(), distances.get(scale));
      float[] enlarged = BilinearUpsampling.resize(map, image.height(), image.width()).values();
      for (int p = 0; p < sum.length; p++) {
        sum[p] += enlarged[p];
      }
    }
    FloatImage map =
        PatchMap.of(
            sum, image.height(), image.width(), image.height(), image.width(), PatchMap.SIGMA);
    return Detection.of(map, Peak.of(map).value());
  }
}
