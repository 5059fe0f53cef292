package org.fairspark.config;

/**
 * {@code filter.*}: the high-frequency extractor.
 *
 * @param kind which extractor
 * @param cutoff cutoff frequency D0 in cycles an image (frequency filters)
 * @param order Butterworth order n
 * @param axes Sobel axes
 * @param kernel Sobel kernel size, 3 or 5
 */
public record FilterConfig(Kind kind, double cutoff, int order, Axes axes, int kernel) {
  /** The extractors; {@code GRAY} keeps all frequencies of the gray image (the paper's ColorRe). */
  public enum Kind {
    BUTTERWORTH,
    GAUSSIAN,
    IDEAL,
    SOBEL,
    NONE,
    GRAY
  }

  /** Sobel directions. */
  public enum Axes {
    X,
    Y,
    XY
  }
}
