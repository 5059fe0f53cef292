package org.fairspark.frequency;

import org.fairspark.image.FloatImage;

/**
 * No high-pass: the network sees the colour image itself and becomes a denoising auto-encoder (the
 * paper's DeAE, section 5.2).
 */
public record Unfiltered() implements HighFrequencyExtractor {
  @Override
  public int channels() {
    return 3;
  }

  /** Returns the image given, not a copy. */
  @Override
  public FloatImage extract(FloatImage rgb) {
    Checks.requireColor(rgb);
    return rgb;
  }

  @Override
  public String describe() {
    return "unfiltered colour image";
  }
}
