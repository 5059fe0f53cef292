package org.fairspark.calibration;

import org.fairspark.metrics.ScoreHistogram;

/**
 * What a model's scores mean: thresholds from held-out normal images, and how their scores were
 * distributed.
 *
 * @param image the image score's threshold
 * @param pixel the anomaly map's: in all but the wanted rate of normal images at most a small share
 *     of the pixels exceed it; never above {@code image}, so that a suspicious image has a
 *     suspicious region
 * @param pixelShare that share
 * @param scores the image scores, counted as normal
 */
public record Calibration(
    Threshold image, Threshold pixel, double pixelShare, ScoreHistogram scores) {

  /**
   * Calibrates.
   *
   * @param scores of held-out normal images, the maxima of their maps
   * @param levels of the same images' maps, see {@link PixelLevel#of}
   * @param pixelShare by which the levels were made
   * @param rate wanted false-positive rate
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

  /** How many held-out images there were. */
  public int images() {
    return image.count();
  }
}
