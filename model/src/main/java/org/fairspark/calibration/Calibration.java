package org.fairspark.calibration;

import org.fairspark.metrics.ScoreHistogram;

/**
 * The calibration of a model by held-out normal images: thresholds, and the distribution of their
 * scores.
 *
 * @param image the image score's threshold
 * @param pixel the anomaly map's threshold: in all normal images but the required rate, at most
 *     {@code pixelShare} of the pixels exceed it. Where the score is the map's maximum it is never
 *     above {@code image}, so that every image above its threshold has a region above this one
 * @param pixelShare the fraction of a normal image's pixels that may exceed {@code pixel}
 * @param scores the image scores, counted as normal
 */
public record Calibration(
    Threshold image, Threshold pixel, double pixelShare, ScoreHistogram scores) {

  /**
   * Computes the calibration.
   *
   * @param scores of held-out normal images, by the model's score
   * @param levels of the same images' maps, see {@link PixelLevel#of}
   * @param pixelShare the fraction that the levels were computed with
   * @param rate the required false-positive rate, inside (0, 1)
   * @param confidence of the intervals
   * @throws IllegalArgumentException if the images are too few, see {@link Threshold#minCount}
   */
  public static Calibration of(
      float[] scores, float[] levels, double pixelShare, double rate, double confidence) {
    if (scores.length != levels.length) {
      throw new IllegalArgumentException(
          "every image has a score and a level, got %d and %d"
              .formatted(scores.length, levels.length));
    }
    Threshold image = Threshold.of(scores, rate, confidence);
    Threshold pixel = Threshold.of(levels, rate, confidence);
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.add(scores);
    return new Calibration(image, pixel, pixelShare, histogram);
  }

  /** Returns the number of held-out images. */
  public int images() {
    return image.count();
  }
}
