package org.fairspark.scoring;

import java.io.Serializable;

/**
 * Mean and spread of normal images' anomaly maps at every position, smoothed over a window of 9
 * pixels, because a few dozen images give no steady numbers for a single one. A position without an
 * inspected one in its window has what the others have on the mean.
 *
 * <p>The arrays are not copied: they must not be written to.
 *
 * @param height of the maps
 * @param width of the maps
 * @param mean {@code float[height][width]}, of the map
 * @param deviation {@code float[height][width]}, its standard deviation, above 0
 * @param logMean {@code float[height][width]}, of the logarithm of map over level
 * @param logDeviation {@code float[height][width]}, its standard deviation, above 0
 */
public record PositionProfile(
    int height, int width, float[] mean, float[] deviation, float[] logMean, float[] logDeviation)
    implements Serializable {
  /** Side of the smoothing window, in pixels. */
  static final int WINDOW = 9;

  /**
   * Fraction of the mean variance that is added to that of every position: where all held-out maps
   * agree by chance, the least difference would be an anomaly.
   */
  private static final double SHRINKAGE = 0.5;

  /** Keeps a deviation above 0 where all maps are the same. */
  private static final double MIN_VARIANCE = 1e-12;

  /**
   * @throws IllegalArgumentException if an array has another length than the map
   */
  public PositionProfile {
    int positions = Math.multiplyExact(height, width);
    for (float[] plane : new float[][] {mean, deviation, logMean, logDeviation}) {
      if (plane.length != positions) {
        throw new IllegalArgumentException(
            "a profile of %d x %d has %d values a plane, got %d"
                .formatted(height, width, positions, plane.length));
      }
    }
  }

  /**
   * Smooths moments of single positions to a profile; the arrays are overwritten. A position of
   * which nothing is known is NaN in all four.
   */
  static PositionProfile of(
      int height,
      int width,
      double[] mean,
      double[] variance,
      double[] logMean,
      double[] logVariance) {
    return new PositionProfile(
        height,
        width,
        floats(smooth(mean, height, width)),
        deviation(smooth(variance, height, width)),
        floats(smooth(logMean, height, width)),
        deviation(smooth(logVariance, height, width)));
  }

  private static float[] deviation(double[] variance) {
    double added = SHRINKAGE * mean(variance) + MIN_VARIANCE;
    float[] deviation = new float[variance.length];
    for (int p = 0; p < deviation.length; p++) {
      deviation[p] = (float) Math.sqrt(variance[p] + added);
    }
    return deviation;
  }

  /** Returns the mean of what is known; 0 if nothing is. */
  private static double mean(double[] values) {
    double sum = 0;
    int known = 0;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        sum += v;
        known++;
      }
    }
    return known == 0 ? 0 : sum / known;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int p = 0; p < floats.length; p++) {
      floats[p] = (float) values[p];
    }
    return floats;
  }

  /** Takes the mean over the window, of what is known inside the map, and elsewhere of all. */
  private static double[] smooth(double[] plane, int height, int width) {
    double[] across = new double[plane.length];
    for (int r = 0; r < height; r++) {
      smooth(plane, across, r * width, 1, width);
    }
    for (int c = 0; c < width; c++) {
      smooth(across, plane, c, width, height);
    }
    fill(plane);
    return plane;
  }

  /** Puts the mean of what is known in place of what is not. */
  private static void fill(double[] plane) {
    double mean = mean(plane);
    for (int p = 0; p < plane.length; p++) {
      plane[p] = Double.isNaN(plane[p]) ? mean : plane[p];
    }
  }

  private static void smooth(double[] from, double[] to, int start, int stride, int length) {
    int reach = WINDOW / 2;
    for (int i = 0; i < length; i++) {
      int first = Math.max(0, i - reach);
      int last = Math.min(length - 1, i + reach);
      double sum = 0;
      int known = 0;
      for (int k = first; k <= last; k++) {
        double value = from[start + k * stride];
        if (!Double.isNaN(value)) {
          sum += value;
          known++;
        }
      }
      to[start + i * stride] = known == 0 ? Double.NaN : sum / known;
    }
  }
}
