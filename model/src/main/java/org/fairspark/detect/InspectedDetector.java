package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.image.FloatImage;
import org.fairspark.inspection.Inspection;
import org.fairspark.scoring.ImageScorer;

/**
 * A detector whose maps count only where, and only as far as, an inspection says; scores are the
 * paper's of those maps.
 *
 * @param detector that makes the maps
 */
public record InspectedDetector(AnomalyDetector detector, Inspection inspection)
    implements AnomalyDetector {
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> inspected = new ArrayList<>(images.size());
    for (Detection found : detector.detect(images)) {
      FloatImage map = inspection.apply(found.map());
      inspected.add(
          new Detection(map, ImageScorer.PAPER.score(map), found.extras(), found.reconstruction()));
    }
    return inspected;
  }

  /** Returns the detector of tiles, whose maps are inspected when they are one. */
  @Override
  public Optional<TileDetector> tiles() {
    return detector.tiles();
  }

  @Override
  public void close() {
    detector.close();
  }
}
