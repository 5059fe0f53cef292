package org.fairspark.frequency;

/**
 * The ideal high-pass, {@code H = 1} where {@code D > D0} and 0 elsewhere (paper equation 2).
 *
 * @param cutoff D0, in cycles per image; 0 removes the mean only
 */
public record IdealHighPass(double cutoff) implements FrequencyFilter {
  /**
   * @throws IllegalArgumentException if the cutoff is negative
   */
  public IdealHighPass {
    if (!(cutoff >= 0) || Double.isInfinite(cutoff)) {
      throw new IllegalArgumentException("cutoff frequency must be 0 or more, got " + cutoff);
    }
  }

  @Override
  public double gain(double distance) {
    return distance > cutoff ? 1 : 0;
  }

  @Override
  public String describe() {
    return "Ideal high-pass, D0 = " + ExtractorChecks.text(cutoff);
  }
}
