package org.fairspark.frequency;

import org.fairspark.image.FloatImage;
import org.fairspark.image.Gray;

/**
 * A high-pass filter in the frequency domain: the gray image's spectrum times a real, radially
 * symmetric transfer function, then the real part of the inverse transform (paper equations 1, 5
 * and 6).
 *
 * <p>Distances are in cycles per image: the step from one frequency to the next is 1 on both axes,
 * and cutoffs do not scale with the image's size (reference code).
 *
 * <p>Deviation from the reference code: the filter is centred on the zero frequency for any height
 * and width; that code exchanges height and width, which matters for images that are not square.
 */
public sealed interface FrequencyFilter extends HighFrequencyExtractor
    permits ButterworthHighPass, GaussianHighPass, IdealHighPass {
  /**
   * Returns the transfer function H at a distance.
   *
   * @param distance D, from the zero frequency, in cycles per image
   * @return the fraction of the amplitude that passes, 0..1; finite at 0
   */
  double gain(double distance);

  @Override
  default int channels() {
    return 1;
  }

  @Override
  default FloatImage extract(FloatImage rgb) {
    return extractFromGray(Gray.bt601(rgb));
  }

  /**
   * Filters a gray image, for callers that already have one.
   *
   * @param gray {@code float[1][H][W]}
   * @return {@code float[1][H][W]}
   */
  default FloatImage extractFromGray(FloatImage gray) {
    ExtractorChecks.requireGray(gray);
    int height = gray.height();
    int width = gray.width();
    float[] filtered = new float[height * width];
    FourierPlan plan = FourierPlan.of(height, width);
    plan.filter(gray.values(), FilterMask.of(this, height, width), filtered);
    return new FloatImage(1, height, width, filtered);
  }
}
