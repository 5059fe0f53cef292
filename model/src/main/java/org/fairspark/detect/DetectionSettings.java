package org.fairspark.detect;

import java.io.Serializable;
import java.util.Objects;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.features.FeatureSettings;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.network.UnetSpec;

/**
 * The settings that a method's networks and its detector are made from.
 *
 * @param extractor of the networks' input
 * @param function the anomaly evaluation function; of a method that makes its map otherwise, only
 *     its smoothing counts
 * @param width channels of the networks' first level
 * @param skips whether the restoration network has skip connections
 * @param features of methods that work on a backbone's features
 * @param batchSize images that a network sees at a time
 * @param frame in which the networks see images
 */
public record DetectionSettings(
    HighFrequencyExtractor extractor,
    AnomalyFunction function,
    int width,
    boolean skips,
    FeatureSettings features,
    int batchSize,
    Frame frame)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public DetectionSettings {
    Objects.requireNonNull(extractor, "extractor");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(frame, "frame");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
  }

  /**
   * Returns how many kept images are detected in at a time. The tiles of one fill the network's
   * batches by themselves, and it may be large.
   */
  public int imagesAtATime() {
    return frame.fit() == Frame.Fit.TILES ? 1 : batchSize;
  }

  /** Returns the architecture of the restoration network. */
  public UnetSpec networkSpec() {
    return new UnetSpec(extractor.channels(), width, skips);
  }
}
