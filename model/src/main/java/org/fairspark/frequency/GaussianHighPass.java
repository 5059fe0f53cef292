package org.fairspark.frequency;

/**
 * The Gaussian high-pass, {@code H = 1 - exp(-D^2 / (2 D0^2))} (paper equation 3).
 *
 * @param cutoff D0, in cycles per image, positive
 */
public record GaussianHighPass(double cutoff) implements FrequencyFilter {
  /**
   * @throws IllegalArgumentException if the cutoff is not positive
   */
  public GaussianHighPass {
    ExtractorChecks.requirePositive(cutoff);
  }

  @Override
  public double gain(double distance) {
    return 1 - StrictMath.exp(-(distance * distance) / (2 * cutoff * cutoff));
  }

  @Override
  public String describe() {
    return "Gaussian high-pass, D0 = " + ExtractorChecks.text(cutoff);
  }
}
