package org.fairspark.frequency;

import org.fairspark.image.FloatImage;
import org.fairspark.image.Gray;

/** The gray image with all its frequencies: the network restores colour (the paper's ColorRe). */
public record GrayOnly() implements HighFrequencyExtractor {
  @Override
  public int channels() {
    return 1;
  }

  @Override
  public FloatImage extract(FloatImage rgb) {
    return Gray.bt601(rgb);
  }

  @Override
  public String describe() {
    return "gray image, all frequencies";
  }
}
