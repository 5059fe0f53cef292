package org.fairspark.detect.nsa;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.detect.Detection;
import org.fairspark.detect.TileDetector;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.image.FloatImage;

/**
 * A detector whose network tells of each pixel how much it is changed. As thread-safe as its
 * network.
 *
 * @param network with one output, the logarithm of the odds
 * @param smoothing the mean filter over the map
 */
record NsaDetector(BatchRestorer network, MapFunction smoothing) implements TileDetector {
  @Override
  public int batchSize() {
    return network.batchSize();
  }

  /**
   * Detects anomalies.
   *
   * @param images any number of RGB images of one size, a multiple of 16 each way
   * @return one detection per image, in order; its score is the mean of the network's output
   * @throws IllegalArgumentException if the sizes differ
   */
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> detections = new ArrayList<>(images.size());
    for (FloatImage map : tileMaps(images)) {
      float score = mean(map);
      detections.add(Detection.of(finish(map), score));
    }
    return detections;
  }

  @Override
  public List<FloatImage> tileMaps(List<FloatImage> tiles) {
    List<FloatImage> maps = new ArrayList<>(tiles.size());
    for (int from = 0; from < tiles.size(); from += batchSize()) {
      List<FloatImage> batch = tiles.subList(from, Math.min(tiles.size(), from + batchSize()));
      network.run(batch).forEach(logits -> maps.add(probabilities(logits)));
    }
    return maps;
  }

  @Override
  public FloatImage finish(FloatImage map) {
    return smoothing.smooth(map);
  }

  private static FloatImage probabilities(FloatImage logits) {
    float[] map = logits.values();
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (1 / (1 + Math.exp(-map[i])));
    }
    return logits;
  }

  private static float mean(FloatImage map) {
    double sum = 0;
    for (float value : map.values()) {
      sum += value;
    }
    return (float) (sum / map.values().length);
  }
}
