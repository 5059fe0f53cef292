package org.fairspark.frequency;

import org.fairspark.image.FloatImage;
import org.fairspark.image.Gray;

/**
 * The extractor that keeps all frequencies of the gray image: the network restores colour (the
 * paper's ColorRe, section 5.2).
 */
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
