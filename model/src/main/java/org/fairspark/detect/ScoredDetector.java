package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.inspection.Inspection;
import org.fairspark.scoring.Scorer;

/**
 * A detector whose maps count only where, and only as far as, an inspection says, and whose images
 * and pixels are scored by statistics of these maps.
 *
 * @param detector that makes the maps
 * @param scorer of maps of its size
 * @param function that makes the maps, where restorations do
 */
public record ScoredDetector(
    AnomalyDetector detector, Inspection inspection, Scorer scorer, AnomalyFunction function)
    implements AnomalyDetector {
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> scored = new ArrayList<>(images.size());
    for (Detection found : detector.detect(images)) {
      scored.add(found.scored(inspection, scorer, function));
    }
    return scored;
  }

  /** Returns the detector of tiles, whose maps are inspected and scored when they are one. */
  @Override
  public Optional<TileDetector> tiles() {
    return detector.tiles();
  }

  @Override
  public void close() {
    detector.close();
  }
}
