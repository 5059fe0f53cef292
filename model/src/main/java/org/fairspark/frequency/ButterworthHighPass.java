package org.fairspark.frequency;

/**
 * The Butterworth high-pass, {@code H = 1 / (1 + (D0 / (D + 1e-6))^(2n))} (paper equation 4). The
 * 1e-6, by which the zero frequency needs no special case, is the reference code's.
 *
 * @param cutoff D0, in cycles per image, positive; the paper's choice is 30
 * @param order n, at least 1; the paper's choice is 2
 */
public record ButterworthHighPass(double cutoff, int order) implements FrequencyFilter {
  private static final double EPSILON = 1e-6;

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public ButterworthHighPass {
    ExtractorChecks.requirePositive(cutoff);
    if (order < 1) {
      throw new IllegalArgumentException("Butterworth order must be at least 1, got " + order);
    }
  }

  @Override
  public double gain(double distance) {
    // A high order overflows to infinity near the origin, which gives the correct 0.
    return 1 / (1 + StrictMath.pow(cutoff / (distance + EPSILON), 2.0 * order));
  }

  @Override
  public String describe() {
    return "Butterworth high-pass, D0 = %s, order %d"
        .formatted(ExtractorChecks.text(cutoff), order);
  }
}
