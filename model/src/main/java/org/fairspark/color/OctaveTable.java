package org.fairspark.color;

import java.util.function.DoubleUnaryOperator;

/**
 * A table of a smooth function of a positive float: 128 quadratic pieces per octave, indexed by the
 * float's leading bits. For powers near 1 the relative error stays below 1e-8, a tenth of a float's
 * rounding. The coefficients are computed with {@link StrictMath} alone and so are equal on every
 * JVM.
 */
final class OctaveTable {
  private static final int PIECE_BITS = 7;
  private static final int SHIFT = 23 - PIECE_BITS;

  /** Coefficients per piece: three, and one unused, so that a piece lies in one cache line. */
  private static final int STEP = 4;

  private final int firstPiece;
  private final double[] coefficients;

  /**
   * Tabulates a function over {@code [2^firstExponent, 2^endExponent)}.
   *
   * @param function must use StrictMath
   */
  OctaveTable(int firstExponent, int endExponent, DoubleUnaryOperator function) {
    int pieces = (endExponent - firstExponent) << PIECE_BITS;
    this.firstPiece = (firstExponent + 127) << PIECE_BITS;
    this.coefficients = new double[pieces * STEP];
    for (int i = 0; i < pieces; i++) {
      double from = Float.intBitsToFloat((firstPiece + i) << SHIFT);
      double to = Float.intBitsToFloat((firstPiece + i + 1) << SHIFT);
      fit(from, to, function, i * STEP);
    }
  }

  /** Fits the parabola through the function at the three Chebyshev nodes, as a polynomial in x. */
  private void fit(double from, double to, DoubleUnaryOperator function, int at) {
    double middle = (from + to) / 2;
    double reach = (to - from) / 2 * StrictMath.cos(Math.PI / 6);
    double below = function.applyAsDouble(middle - reach);
    double centre = function.applyAsDouble(middle);
    double above = function.applyAsDouble(middle + reach);
    double slope = (above - below) / (2 * reach);
    double bend = (above - 2 * centre + below) / (2 * reach * reach);
    coefficients[at] = centre - slope * middle + bend * middle * middle;
    coefficients[at + 1] = slope - 2 * bend * middle;
    coefficients[at + 2] = bend;
  }

  /**
   * Returns the function's value.
   *
   * @param x in the table's range
   */
  double at(double x) {
    int at = ((Float.floatToRawIntBits((float) x) >>> SHIFT) - firstPiece) * STEP;
    return coefficients[at] + x * (coefficients[at + 1] + x * coefficients[at + 2]);
  }
}
