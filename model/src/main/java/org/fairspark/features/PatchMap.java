package org.fairspark.features;

import java.util.Arrays;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.image.FloatImage;

/** The map of one number per patch: enlarged to the image's size and smoothed. */
public final class PatchMap {
  /** The deviation that PatchCore and PaDiM smooth their maps with, in pixels. */
  public static final double SIGMA = 4;

  /** A Gaussian beyond four deviations is below 0.0004 of its peak. */
  private static final int REACH = 4;

  private PatchMap() {}

  /**
   * Makes a map.
   *
   * @param values {@code float[rows][columns]}, one per patch
   * @param height of the image, in pixels
   * @param width of the image, in pixels
   * @param sigma deviation of the Gaussian that smooths it, in pixels
   * @return {@code float[1][height][width]}
   */
  public static FloatImage of(
      float[] values, int rows, int columns, int height, int width, double sigma) {
    FloatImage grid = new FloatImage(1, rows, columns, values);
    return smooth(BilinearUpsampling.resize(grid, height, width), sigma);
  }

  /** Smooths by a Gaussian; beyond the border the map is mirrored, its outermost value once. */
  private static FloatImage smooth(FloatImage map, double sigma) {
    if (sigma <= 0) {
      return map;
    }
    float[] kernel = kernel(sigma);
    float[] rows = along(map.values(), map.height(), map.width(), kernel);
    float[] turned = transpose(rows, map.height(), map.width());
    float[] columns = along(turned, map.width(), map.height(), kernel);
    return new FloatImage(
        1, map.height(), map.width(), transpose(columns, map.width(), map.height()));
  }

  private static float[] kernel(double sigma) {
    int reach = (int) Math.ceil(REACH * sigma);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double x = (i - reach) / sigma;
      weights[i] = StrictMath.exp(-x * x / 2);
      sum += weights[i];
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (weights[i] / sum);
    }
    return kernel;
  }

  private static float[] along(float[] in, int height, int width, float[] kernel) {
    int reach = kernel.length / 2;
    float[] padded = new float[width + 2 * reach];
    float[] out = new float[in.length];
    float[] sums = new float[width];
    for (int r = 0; r < height; r++) {
      for (int x = -reach; x < width + reach; x++) {
        padded[x + reach] = in[r * width + mirrored(x, width)];
      }
      Arrays.fill(sums, 0);
      for (int k = 0; k < kernel.length; k++) {
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          sums[x] += weight * padded[x + k];
        }
      }
      System.arraycopy(sums, 0, out, r * width, width);
    }
    return out;
  }

  private static int mirrored(int x, int n) {
    int period = 2 * n - 2;
    if (period == 0) {
      return 0;
    }
    int at = Math.floorMod(x, period);
    return at < n ? at : period - at;
  }

  private static float[] transpose(float[] in, int height, int width) {
    float[] out = new float[in.length];
    for (int r = 0; r < height; r++) {
      for (int x = 0; x < width; x++) {
        out[x * height + r] = in[r * width + x];
      }
    }
    return out;
  }
}
