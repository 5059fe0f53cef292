package org.fairspark.metrics;

/**
 * Whole numbers in the order of the scores they stand for: the float's own bits, from which the
 * hundred octaves between 2^-24 and zero are left out. No map tells such values apart, and a single
 * zero would otherwise stretch every histogram over all of them. They share key 0.
 */
final class ScoreKey {
  static final int INFINITE_BITS = 0x7F800000;

  /** The bits just below 2^-24. */
  private static final int BASE = Float.floatToRawIntBits(0x1.0p-24f) - 1;

  static final float MAX_SCORE_OF_KEY_ZERO = Float.intBitsToFloat(BASE);

  private ScoreKey() {}

  /** The key of a finite score; without branches, so that loops over it vectorise. */
  static int of(float score) {
    int bits = Float.floatToRawIntBits(score);
    int sign = bits >> 31;
    int magnitude = Math.max(0, (bits & Integer.MAX_VALUE) - BASE);
    return (magnitude ^ sign) - sign;
  }

  /** The score of a key; 0 for key 0. */
  static float score(int key) {
    if (key == 0) {
      return 0;
    }
    float magnitude = Float.intBitsToFloat(Math.abs(key) + BASE);
    return key < 0 ? -magnitude : magnitude;
  }
}
