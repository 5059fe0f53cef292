package org.fairspark.detect;

import java.util.List;
import java.util.Optional;
import org.fairspark.image.FloatImage;

/**
 * A trained detector of anomalies in the images of one category. As thread-safe as the networks
 * that it works with: a task has one to itself.
 */
public interface AnomalyDetector extends AutoCloseable {
  /**
   * Detects anomalies. The result for an image depends on that image alone, to the last bit, not on
   * which others are beside it.
   *
   * @param images any number of images of one size, or as kept by the {@link Frame} that it is in,
   *     {@code float[3][H][W]}, RGB in [0,1]
   * @return one detection per image, in order
   * @throws IllegalArgumentException if the sizes differ or are not ones that the method takes
   */
  List<Detection> detect(List<FloatImage> images);

  /** Returns this detector for the tiles of a larger image; empty if the method has none. */
  default Optional<TileDetector> tiles() {
    return Optional.empty();
  }

  /** Frees what the detector made itself; networks that it was given stay with their owner. */
  @Override
  default void close() {}
}
