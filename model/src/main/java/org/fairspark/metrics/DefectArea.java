package org.fairspark.metrics;

import java.io.Serializable;

/**
 * One defect of an image, connected or not, and the share of its pixels that need to be found: more
 * than that does not make a detection better, as where something is missing whose place is not
 * certain.
 *
 * @param mask {@code uint8[H][W]}, of the map's size; the defect is where it is above one half
 * @param saturation share of the defect's pixels, in (0, 1]
 */
public record DefectArea(byte[] mask, double saturation) implements Serializable {
  /**
   * @throws IllegalArgumentException if the share is out of range
   */
  public DefectArea {
    if (!(saturation > 0 && saturation <= 1)) {
      throw new IllegalArgumentException("a saturation is in (0,1], got " + saturation);
    }
  }
}
