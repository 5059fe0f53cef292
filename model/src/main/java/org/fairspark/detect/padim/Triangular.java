package org.fairspark.detect.padim;

/** Lower triangular matrices, row by row in one array. */
final class Triangular {
  private Triangular() {}

  /**
   * Returns the Cholesky factor L of a positive definite matrix, {@code L L' = A}.
   *
   * @param a the matrix's lower triangle; overwritten
   * @param n its rows
   * @throws IllegalArgumentException if it is not positive definite
   */
  static double[] cholesky(double[] a, int n) {
    for (int i = 0, row = 0; i < n; row += ++i) {
      for (int j = 0, other = 0; j <= i; other += ++j) {
        double sum = a[row + j];
        for (int k = 0; k < j; k++) {
          sum -= a[row + k] * a[other + k];
        }
        if (j < i) {
          a[row + j] = sum / a[other + j];
        } else if (sum > 0) {
          a[row + j] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException("the matrix is not positive definite");
        }
      }
    }
    return a;
  }

  /**
   * Returns the inverse.
   *
   * @param l the matrix, with no zero in its diagonal
   * @param n its rows
   */
  static double[] inverse(double[] l, int n) {
    double[] inverse = new double[l.length];
    for (int i = 0, row = 0; i < n; row += ++i) {
      inverse[row + i] = 1 / l[row + i];
      for (int k = 0, other = 0; k < i; other += ++k) {
        // Row k of the inverse is known: subtract its share from row i.
        double factor = l[row + k] / l[row + i];
        for (int j = 0; j <= k; j++) {
          inverse[row + j] -= factor * inverse[other + j];
        }
      }
    }
    return inverse;
  }
}
