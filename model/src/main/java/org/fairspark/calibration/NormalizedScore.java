package org.fairspark.calibration;

/** The normalization of scores by their threshold, so that they compare between categories. */
public final class NormalizedScore {
  private NormalizedScore() {}

  /**
   * Computes {@code score / (score + threshold)}: 0 for a score of 0, 0.5 at the threshold, near 1
   * far above it. It rises with the score, so that the order of a category's images stays.
   *
   * @param score 0 or more
   * @param threshold 0 or more
   * @return from 0 to 1
   */
  public static float of(float score, float threshold) {
    if (!(score >= 0) || !(threshold >= 0)) {
      throw new IllegalArgumentException(
          "score and threshold must be 0 or more, got %s and %s".formatted(score, threshold));
    }
    if (threshold == 0) {
      return score == 0 ? 0.5f : 1;
    }
    return (float) (score / ((double) score + threshold));
  }
}
