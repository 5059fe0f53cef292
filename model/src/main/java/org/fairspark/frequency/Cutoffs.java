package org.fairspark.frequency;

/** What the frequency filters say and check alike. */
final class Cutoffs {
  private Cutoffs() {}

  static void requirePositive(double cutoff) {
    if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
      throw new IllegalArgumentException("cutoff frequency must be positive, got " + cutoff);
    }
  }

  /** {@code 30} for 30.0, {@code 12.5} for 12.5. */
  static String text(double cutoff) {
    return cutoff == Math.rint(cutoff) && cutoff < 1e9
        ? Long.toString((long) cutoff)
        : Double.toString(cutoff);
  }
}
