package org.fairspark.frequency;

/**
 * The plots of a frequency filter (paper Figure 5): its gain over the plane, along a line, and its
 * impulse response.
 */
public final class TransferFunction {
  private TransferFunction() {}

  /**
   * Computes the gain over the plane, with the zero frequency at {@code [height / 2][width / 2]},
   * the layout of plots and of NumPy's {@code fftshift}.
   *
   * @return {@code double[height][width]} in one array
   */
  public static double[] centred(FrequencyFilter filter, int height, int width) {
    requireSize(height, width);
    double[] gains = new double[Math.multiplyExact(height, width)];
    for (int r = 0, at = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        gains[at++] = filter.gain(FilterMask.distance(r - height / 2, c - width / 2));
      }
    }
    return gains;
  }

  /**
   * Computes the gain along a line from the zero frequency outwards.
   *
   * @param distances the number of whole distances, from 0
   * @return {@code double[distances]}
   */
  public static double[] radial(FrequencyFilter filter, int distances) {
    double[] gains = new double[distances];
    for (int d = 0; d < distances; d++) {
      gains[d] = filter.gain(d);
    }
    return gains;
  }

  /**
   * Filters a single pixel of value 1 at {@code [height / 2][width / 2]} among zeros.
   *
   * @return {@code float[height][width]} in one array
   */
  public static float[] impulseResponse(FrequencyFilter filter, int height, int width) {
    requireSize(height, width);
    float[] impulse = new float[Math.multiplyExact(height, width)];
    impulse[height / 2 * width + width / 2] = 1;
    float[] response = new float[impulse.length];
    FourierPlan.of(height, width).filter(impulse, FilterMask.of(filter, height, width), response);
    return response;
  }

  private static void requireSize(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "size must be positive, got %d x %d".formatted(height, width));
    }
  }
}
