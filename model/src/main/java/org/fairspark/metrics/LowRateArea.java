package org.fairspark.metrics;

/**
 * AUPIMO, the mean over anomalous images of the area under each one's recall of pixels, over the
 * logarithm of the false-positive rate on normal images from {@value #LOW} to {@value #HIGH}
 * (Bertoldo et al., arXiv 2401.01984). The rate is that of all pixels of normal images together,
 * which is the mean of the images' rates, since all maps have one size. Between distinct scores the
 * curve is straight, from (0, 0) on, so that tied scores count as if in chance order: a constant
 * map has the value of chance, 3.9e-5.
 */
final class LowRateArea {
  static final double LOW = 1e-5;
  static final double HIGH = 1e-4;

  /** Fewer pixels have no false-positive rate as low as {@link #LOW}, but 0. */
  static final long MIN_NORMAL_PIXELS = 100_000;

  private static final double WIDTH = Math.log(HIGH / LOW);

  private double x;
  private double y;
  private double lower;
  private double straight;
  private double upper;

  private LowRateArea() {}

  /**
   * Computes the area; there must be normal pixels and weights.
   *
   * @param histogram normal pixels of normal images, and the anomalous images' weights
   * @param largest anomalous pixels of an image, which bounds the rounding of fixed-point weights
   */
  static Area of(ScoreHistogram histogram, long largest) {
    double normals = 0;
    double weights = 0;
    for (int i = 0; i < histogram.binCount(); i++) {
      normals += histogram.normal(histogram.firstBin() + i);
      weights += histogram.imageWeight(histogram.firstBin() + i);
    }
    LowRateArea area = new LowRateArea();
    double normal = 0;
    double weight = 0;
    for (int i = histogram.binCount() - 1; i >= 0; i--) {
      int bin = histogram.firstBin() + i;
      normal += histogram.normal(bin);
      weight += histogram.imageWeight(bin);
      area.to(normal / normals, weight / weights);
    }
    double rounding = (double) largest / ScoreHistogram.UNIT;
    return Area.of(area.estimate(), (histogram.isExact() ? 0 : area.halfWidth()) + rounding);
  }

  /** Adds a point, not left of and not below the one before. */
  private void to(double nextX, double nextY) {
    double from = Math.max(x, LOW);
    double end = Math.min(nextX, HIGH);
    if (end > from) {
      double octaves = Math.log(end / from);
      double slope = (nextY - y) / (nextX - x);
      lower += y * octaves;
      straight += (y - slope * x) * octaves + slope * (end - from);
      upper += nextY * octaves;
    }
    x = nextX;
    y = nextY;
  }

  private double estimate() {
    return straight / WIDTH;
  }

  private double halfWidth() {
    return Math.max(straight - lower, upper - straight) / WIDTH;
  }
}
