package org.fairspark.network;

/**
 * Bilinear interpolation at twice the size with aligned corners, as PyTorch computes it: output o
 * of 2n lies at input position o (n - 1) / (2n - 1).
 */
public final class BilinearUpsample {
  private BilinearUpsample() {}

  /**
   * Returns the matrix that a line of n values must be multiplied with.
   *
   * @param transposed the other way round, for the derivative
   * @return {@code float[2n][n]}, or {@code float[n][2n]} if transposed
   */
  public static float[] matrix(int n, boolean transposed) {
    float[] matrix = new float[2 * n * n];
    float scale = (float) (n - 1) / (2 * n - 1);
    for (int o = 0; o < 2 * n; o++) {
      float position = scale * o;
      int left = Math.min((int) position, n - 1);
      int right = Math.min(left + 1, n - 1);
      float weight = Math.min(1, Math.max(0, position - left));
      matrix[transposed ? left * 2 * n + o : o * n + left] += 1 - weight;
      matrix[transposed ? right * 2 * n + o : o * n + right] += weight;
    }
    return matrix;
  }
}
