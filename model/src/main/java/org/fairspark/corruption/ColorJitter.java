package org.fairspark.corruption;

import org.fairspark.random.SeededRandom;

/**
 * A random change of brightness, contrast and saturation, as photographs are augmented by.
 *
 * @param brightness factor of all values
 * @param contrast factor of the distance from the mean gray
 * @param saturation factor of the distance from a pixel's own gray
 */
record ColorJitter(double brightness, double contrast, double saturation) {
  /**
   * Draws one.
   *
   * @param strength the largest difference of a factor from 1
   */
  static ColorJitter draw(double strength, SeededRandom random) {
    return new ColorJitter(
        random.nextDouble(1 - strength, 1 + strength),
        random.nextDouble(1 - strength, 1 + strength),
        random.nextDouble(1 - strength, 1 + strength));
  }

  /** Returns the mean gray of {@code uint8[...][3]}, 0 to 255. */
  static double meanGray(byte[] pixels) {
    double sum = 0;
    for (byte value : pixels) {
      sum += value & 0xFF;
    }
    return sum / pixels.length;
  }

  /**
   * Changes pixels.
   *
   * @param pixels {@code uint8[...][3]}, changed in place
   */
  void apply(byte[] pixels) {
    double mean = brightness * meanGray(pixels);
    for (int p = 0; p < pixels.length; p += 3) {
      double gray = 0;
      double[] values = new double[3];
      for (int c = 0; c < 3; c++) {
        values[c] = mean + contrast * (brightness * (pixels[p + c] & 0xFF) - mean);
        gray += values[c] / 3;
      }
      for (int c = 0; c < 3; c++) {
        double value = gray + saturation * (values[c] - gray);
        pixels[p + c] = (byte) Math.round(Math.max(0, Math.min(255, value)));
      }
    }
  }
}
