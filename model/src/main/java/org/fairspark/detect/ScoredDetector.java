package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.image.FloatImage;
import org.fairspark.scoring.ImageScorer;

/**
 * A detector whose images are scored by another statistic of their maps than the detector's own.
 *
 * @param detector that makes the maps
 * @param scorer of maps of its size
 */
public record ScoredDetector(AnomalyDetector detector, ImageScorer scorer)
    implements AnomalyDetector {
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> scored = new ArrayList<>(images.size());
    for (Detection found : detector.detect(images)) {
      scored.add(
          new Detection(
              found.map(), scorer.score(found.map()), found.extras(), found.reconstruction()));
    }
    return scored;
  }

  @Override
  public Optional<TileDetector> tiles() {
    return detector.tiles();
  }

  @Override
  public void close() {
    detector.close();
  }
}
