package org.fairspark.benchmark;

import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;

/** Images and maps to measure with. */
final class Images {
  private Images() {}

  /** Uniform noise in [0,1). */
  static FloatImage noise(int channels, int size, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[channels * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new FloatImage(channels, size, size, values);
  }

  /** The image with a little noise added, as a restoration has it. */
  static FloatImage nearly(FloatImage image, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.05 * random.nextGaussian());
    }
    return new FloatImage(image.channels(), image.height(), image.width(), values);
  }
}
