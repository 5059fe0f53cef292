package org.fairspark.frequency;

import org.fairspark.image.FloatImage;

/** Argument checks and texts that several extractors need. */
final class ExtractorChecks {
  private ExtractorChecks() {}

  static void requirePositive(double cutoff) {
    if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
      throw new IllegalArgumentException("cutoff frequency must be positive, got " + cutoff);
    }
  }

  static void requireColor(FloatImage rgb) {
    if (rgb.channels() != 3) {
      throw new IllegalArgumentException("expected 3 channels, got " + rgb.channels());
    }
  }

  static void requireGray(FloatImage gray) {
    if (gray.channels() != 1) {
      throw new IllegalArgumentException("expected 1 channel, got " + gray.channels());
    }
  }

  /** Formats a cutoff: {@code 30} for 30.0, {@code 12.5} for 12.5. */
  static String text(double cutoff) {
    return cutoff == Math.rint(cutoff) && cutoff < 1e9
        ? Long.toString((long) cutoff)
        : Double.toString(cutoff);
  }
}
