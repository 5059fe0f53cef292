package org.fairspark.network;

/**
 * Bilinear interpolation at twice the size with aligned corners, as PyTorch computes it: output o
 * of 2n lies at input position o (n - 1) / (2n - 1).
 */
final class Doubling {
  private Doubling() {}

  private static float position(int o, int n) {
    float scale = (float) (n - 1) / (2 * n - 1);
    return scale * o;
  }

  /** The input to the left of output {@code o}, for a line of {@code n} inputs. */
  static int base(int o, int n) {
    return Math.min((int) position(o, n), n - 1);
  }

  /** The weight of the input to the right; that to the left has the rest. */
  static float weight(int o, int n) {
    return Math.min(1, Math.max(0, position(o, n) - base(o, n)));
  }
}
