package org.fairspark.frequency;

import org.fairspark.image.FloatImage;

/**
 * The extractor that returns the colour image itself: the network becomes a denoising auto-encoder
 * (the paper's DeAE, section 5.2).
 */
public record Unfiltered() implements HighFrequencyExtractor {
  @Override
  public int channels() {
    return 3;
  }

  /** Returns the image given, not a copy. */
  @Override
  public FloatImage extract(FloatImage rgb) {
    ExtractorChecks.requireColor(rgb);
    return rgb;
  }

  @Override
  public String describe() {
    return "unfiltered colour image";
  }
}
