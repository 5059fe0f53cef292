package org.fairspark.frequency;

import org.fairspark.image.FloatImage;

/**
 * What turns a colour image into the network's input (paper section 3.2, equations 1 to 4, and
 * section 5.4). Every extractor but {@link Unfiltered} removes the colour as well, as the reference
 * code does: it works on the BT.601 gray image.
 *
 * <p>Extractors are values: equal settings are equal objects. They may be shared between threads;
 * transform plans and buffers are kept per thread inside. A new extractor is one record here and
 * one line of configuration.
 */
public sealed interface HighFrequencyExtractor extends java.io.Serializable
    permits FrequencyFilter, Sobel, Unfiltered, GrayOnly {
  /** Channels of what {@link #extract} returns, hence input channels of the network. */
  int channels();

  /**
   * The network's input.
   *
   * @param rgb {@code float[3][H][W]}, RGB in [0,1], any height and width
   * @return {@code float[channels][H][W]}; about zero for high-pass extractors, not clipped or
   *     rescaled
   * @throws IllegalArgumentException if the image has not three channels
   */
  FloatImage extract(FloatImage rgb);

  /** The extractor and its settings for people, such as {@code Butterworth high-pass, D0 = 30}. */
  String describe();
}
