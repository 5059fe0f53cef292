package org.fairspark.corruption;

import java.io.Serializable;
import org.fairspark.image.PixelImage;

/**
 * The clean images that samples are made of and restored to: as they are, or each in a light of its
 * own, which the sample's seed decides.
 *
 * @param photometric how much the light changes, from 0 (not at all) to 1
 */
public record CleanImages(double photometric) implements Serializable {
  /**
   * @throws IllegalArgumentException if the strength is out of range
   */
  public CleanImages {
    if (!(photometric >= 0 && photometric <= 1)) {
      throw new IllegalArgumentException("a strength is from 0 to 1, got " + photometric);
    }
  }

  /**
   * Returns the clean image of a sample, before it is turned.
   *
   * @param image {@code uint8[H][W][3]}; not changed
   * @param seed of the sample
   */
  public PixelImage of(PixelImage image, long seed) {
    return photometric == 0 ? image : Photometric.of(seed, photometric).apply(image);
  }
}
