package org.fairspark.detect.ast;

/**
 * Numbers that tell the place in a map: sines and cosines of column and row, of wavelengths from 2
 * pi to nearly 20000 pi patches (Vaswani et al. 2017, for two dimensions).
 */
final class PositionEncoding {
  /** The paper's number of channels: a quarter each of sines and cosines of either coordinate. */
  static final int CHANNELS = 32;

  private static final int HALF = CHANNELS / 2;
  private static final double LONGEST = 10_000;

  private PositionEncoding() {}

  /** Returns the numbers of a map, {@code float[CHANNELS][height][width]}. */
  static float[] of(int height, int width) {
    float[] values = new float[CHANNELS * height * width];
    int at = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      boolean across = channel < HALF;
      float[] wave = wave(channel % HALF, across ? width : height);
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          values[at++] = wave[across ? column : row];
        }
      }
    }
    return values;
  }

  /** Returns a sine, or for odd numbers a cosine, at every whole coordinate. */
  private static float[] wave(int number, int length) {
    int pair = number / 2;
    double frequency = StrictMath.pow(LONGEST, -2.0 * pair / HALF);
    float[] wave = new float[length];
    for (int i = 0; i < length; i++) {
      double angle = frequency * i;
      wave[i] = (float) (number % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }
    return wave;
  }
}
