package org.fairspark.detect;

import java.util.List;
import java.util.Optional;
import org.fairspark.image.FloatImage;

/**
 * A detector whose maps can be put together from tiles, because the step that looks over a tile's
 * border, the smoothing, comes last and can be done on the whole map.
 */
public interface TileDetector extends AnomalyDetector {
  /** Returns how many tiles are detected in at a time. */
  int batchSize();

  /**
   * Makes the maps of tiles as they are before the last step.
   *
   * @param tiles images of one size, {@code float[3][H][W]}, RGB in [0,1]
   * @return one map per tile, {@code float[1][H][W]}, in order
   * @throws IllegalArgumentException if the sizes differ
   */
  List<FloatImage> tileMaps(List<FloatImage> tiles);

  /**
   * Does the last step on a map that was put together from tiles.
   *
   * @param map {@code float[1][H][W]} of any size; may be overwritten
   * @return the anomaly map, {@code float[1][H][W]}
   */
  FloatImage finish(FloatImage map);

  @Override
  default Optional<TileDetector> tiles() {
    return Optional.of(this);
  }
}
