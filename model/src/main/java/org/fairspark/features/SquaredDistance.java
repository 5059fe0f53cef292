package org.fairspark.features;

/**
 * Squared Euclidean distances in single precision: sums of squared differences in the order of the
 * dimensions, hence the same bits on any machine, and no cancellation as in {@code |a|^2 + |b|^2 -
 * 2ab}.
 */
final class SquaredDistance {
  /** Dimensions between two looks at the limit, a multiple of four. */
  private static final int STRIDE = 16;

  private SquaredDistance() {}

  /**
   * Computes a distance, as far as it matters: sums of squares only grow.
   *
   * @param a array that holds one vector
   * @param fromA its first number in the array
   * @param b array that holds the other vector
   * @param fromB its first number in the array
   * @param limit beyond which the distance need not be known
   * @return the squared distance; or, if that is above the limit, some number above the limit
   */
  static float within(float[] a, int fromA, float[] b, int fromB, int dimension, float limit) {
    float sum = 0;
    int d = 0;
    while (d + STRIDE <= dimension) {
      sum = quads(a, fromA + d, b, fromB + d, STRIDE, sum);
      if (sum > limit) {
        return sum;
      }
      d += STRIDE;
    }
    int whole = (dimension - d) / 4 * 4;
    sum = quads(a, fromA + d, b, fromB + d, whole, sum);
    for (d += whole; d < dimension; d++) {
      float e = a[fromA + d] - b[fromB + d];
      sum += e * e;
    }
    return sum;
  }

  private static float quads(float[] a, int fromA, float[] b, int fromB, int length, float before) {
    float sum = before;
    for (int d = 0; d < length; d += 4) {
      float e0 = a[fromA + d] - b[fromB + d];
      float e1 = a[fromA + d + 1] - b[fromB + d + 1];
      float e2 = a[fromA + d + 2] - b[fromB + d + 2];
      float e3 = a[fromA + d + 3] - b[fromB + d + 3];
      sum += (e0 * e0 + e1 * e1) + (e2 * e2 + e3 * e3);
    }
    return sum;
  }
}
