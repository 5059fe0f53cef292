package org.fairspark.metrics;

/**
 * Integer keys in the order of their scores: the float's bits, without the hundred octaves between
 * 2^-24 and zero, whose values share key 0. Such small differences mean nothing in a map, and with
 * them a single zero would stretch a histogram over all of these octaves.
 */
final class ScoreKey {
  static final int INFINITE_BITS = 0x7F800000;

  /** The bits just below 2^-24. */
  private static final int BASE = Float.floatToRawIntBits(0x1.0p-24f) - 1;

  static final float MAX_SCORE_OF_KEY_ZERO = Float.intBitsToFloat(BASE);

  private ScoreKey() {}

  /** Returns the key of a finite score; without branches, so that loops over it are vectorized. */
  static int of(float score) {
    int bits = Float.floatToRawIntBits(score);
    int sign = bits >> 31;
    int magnitude = Math.max(0, (bits & Integer.MAX_VALUE) - BASE);
    return (magnitude ^ sign) - sign;
  }

  /** Returns the score of a key; 0 for key 0. */
  static float score(int key) {
    if (key == 0) {
      return 0;
    }
    float magnitude = Float.intBitsToFloat(Math.abs(key) + BASE);
    return key < 0 ? -magnitude : magnitude;
  }
}
