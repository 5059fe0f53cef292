package org.fairspark.metrics;

import java.io.Serializable;

/**
 * An image's map and mask at the size of its file, where the map that was computed is smaller.
 *
 * @param map interpolated to that size, with what of it counts
 * @param mask {@code uint8[H][W]}; null for a normal image, or where the mask is not known
 */
public record OwnSize(InspectedMap map, byte[] mask) implements Serializable {
  /** The most pixels of an image that is counted at the size of its file. */
  public static final int MOST_PIXELS = 1 << 22;

  /** Bytes that counting such an image takes: map, regions' numbers, mask and what of it counts. */
  public static final long MOST_BYTES = 14L * MOST_PIXELS;

  /**
   * @throws IllegalArgumentException if sizes do not fit
   */
  public OwnSize {
    if (mask != null && mask.length != map.values().length) {
      throw new IllegalArgumentException(
          "a mask has as many pixels as its map, got %d and %d"
              .formatted(map.values().length, mask.length));
    }
  }
}
