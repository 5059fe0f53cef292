package org.fairspark.detect.restoration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TileDetector;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Restorer;

/**
 * A detector that compares images with what a trained network restores of them. As thread-safe as
 * its restorer.
 *
 * @param extractor the extractor that the network was trained with
 * @param restorer the trained network
 * @param function from an image and its restoration to the map
 * @param batchSize images that the network sees at a time, always; see {@link BatchRestorer}
 */
public record RestorationDetector(
    HighFrequencyExtractor extractor, Restorer restorer, MapFunction function, int batchSize)
    implements TileDetector {

  /**
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public RestorationDetector {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
  }

  /**
   * Restores images and compares.
   *
   * @param images any number of RGB images of one size, a multiple of 16 each way
   * @return one detection per image, in order; its score is the map's maximum
   * @throws IllegalArgumentException if the sizes differ
   */
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> detections = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += batchSize) {
      int to = Math.min(images.size(), from + batchSize);
      for (Reconstruction made : batches().restore(images.subList(from, to))) {
        FloatImage map = function.map(made.original(), made.restored());
        detections.add(
            new Detection(map, AnomalyFunction.score(map), made.extras(), Optional.of(made)));
      }
    }
    return detections;
  }

  @Override
  public List<FloatImage> tileMaps(List<FloatImage> tiles) {
    List<FloatImage> maps = new ArrayList<>(tiles.size());
    for (int from = 0; from < tiles.size(); from += batchSize) {
      int to = Math.min(tiles.size(), from + batchSize);
      for (Reconstruction made : batches().restore(tiles.subList(from, to))) {
        maps.add(function.unsmoothedMap(made.original(), made.restored()));
      }
    }
    return maps;
  }

  @Override
  public FloatImage finish(FloatImage map) {
    return function.smooth(map);
  }

  private BatchRestorer batches() {
    return new BatchRestorer(extractor, restorer, batchSize);
  }
}
