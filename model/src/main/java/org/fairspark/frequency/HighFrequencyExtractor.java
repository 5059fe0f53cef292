package org.fairspark.frequency;

import java.io.Serializable;
import org.fairspark.image.FloatImage;

/**
 * An extractor of the network's input from a colour image (paper section 3.2, equations 1 to 6, and
 * section 5.4).
 *
 * <p>Deviation from the paper's equations, as in the reference code: every extractor but {@link
 * Unfiltered} works on the BT.601 gray image, so that it removes the colour as well.
 *
 * <p>Extractors are values: equal settings are equal objects. They may be shared between threads;
 * transform plans and buffers are kept per thread inside.
 */
public sealed interface HighFrequencyExtractor extends Serializable
    permits FrequencyFilter, Sobel, Unfiltered, GrayOnly {
  /** Returns the channels of what {@link #extract} returns, hence the network's input channels. */
  int channels();

  /**
   * Computes the network's input.
   *
   * @param rgb {@code float[3][H][W]}, RGB in [0,1], any height and width
   * @return {@code float[channels][H][W]}; values about zero for high-pass extractors, neither
   *     clipped nor rescaled
   * @throws IllegalArgumentException if the image has not three channels
   */
  FloatImage extract(FloatImage rgb);

  /**
   * Returns the extractor and its settings in words, such as {@code Butterworth high-pass, D0 =
   * 30}.
   */
  String describe();
}
