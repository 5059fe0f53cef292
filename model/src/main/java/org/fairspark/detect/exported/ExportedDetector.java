package org.fairspark.detect.exported;

import java.util.List;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.features.BackboneSettings;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;

/**
 * A detector whose maps and scores are outputs of a file. As thread-safe as the engine that runs
 * it.
 *
 * @param settings the outputs, map before score, and the preprocessing
 * @param file the exported detector
 */
record ExportedDetector(BackboneSettings settings, Backbone file) implements AnomalyDetector {
  /** Outputs that are asked for: a map, and perhaps a score. */
  private static final int MAX_OUTPUTS = 2;

  /**
   * @throws IllegalArgumentException if not one or two outputs are named
   */
  ExportedDetector {
    if (settings.layers().isEmpty() || settings.layers().size() > MAX_OUTPUTS) {
      throw new IllegalArgumentException(
          "an exported detector gives a map and perhaps a score, got the outputs "
              + settings.layers());
    }
  }

  @Override
  public List<Detection> detect(List<FloatImage> images) {
    return images.stream().map(this::detect).toList();
  }

  private Detection detect(FloatImage image) {
    List<FloatImage> outputs = file.features(settings.preprocess(image));
    FloatImage map = outputs.get(0);
    if (map.channels() != 1) {
      throw new IllegalArgumentException(
          "the output %s is not an anomaly map: it has %d channels"
              .formatted(settings.layers().get(0), map.channels()));
    }
    FloatImage whole =
        map.height() == image.height() && map.width() == image.width()
            ? map
            : BilinearUpsampling.resize(map, image.height(), image.width());
    float score = outputs.size() == 1 ? Peak.of(whole).value() : number(outputs.get(1));
    return Detection.of(whole, score);
  }

  private float number(FloatImage output) {
    if (output.values().length != 1) {
      throw new IllegalArgumentException(
          "the output %s is not a score: it has %d values for an image"
              .formatted(settings.layers().get(1), output.values().length));
    }
    return output.values()[0];
  }
}
