package org.fairspark.demo;

import org.fairspark.random.SeededRandom;

/** A smooth curve through four control points (a cubic Bézier curve), cut into short pieces. */
final class BezierCurve {
  private static final int PIECES = 48;

  private final float[] xs = new float[PIECES + 1];
  private final float[] ys = new float[PIECES + 1];

  /**
   * Creates the curve.
   *
   * @param points x and y of the four control points, in pixels
   */
  BezierCurve(float... points) {
    for (int i = 0; i <= PIECES; i++) {
      float t = i / (float) PIECES;
      float u = 1 - t;
      float a = u * u * u;
      float b = 3 * u * u * t;
      float c = 3 * u * t * t;
      float d = t * t * t;
      xs[i] = a * points[0] + b * points[2] + c * points[4] + d * points[6];
      ys[i] = a * points[1] + b * points[3] + c * points[5] + d * points[7];
    }
  }

  /** Draws a curve of about a length in any direction, bent by up to a fraction of its length. */
  static BezierCurve draw(SeededRandom random, float x, float y, float length, float bend) {
    double angle = random.nextDouble(0, 2 * Math.PI);
    float ux = (float) StrictMath.cos(angle) * length / 2;
    float uy = (float) StrictMath.sin(angle) * length / 2;
    float first = (float) random.nextDouble(-bend, bend) * 2;
    float second = (float) random.nextDouble(-bend, bend) * 2;
    return new BezierCurve(
        x - ux,
        y - uy,
        x - ux / 3 - uy * first,
        y - uy / 3 + ux * first,
        x + ux / 3 - uy * second,
        y + uy / 3 + ux * second,
        x + ux,
        y + uy);
  }

  /** A change along a curve. */
  @FunctionalInterface
  interface Stroke {
    /**
     * Changes one sample.
     *
     * @param sample index in the surface
     * @param distance signed distance from the curve in pixels, negative on its left
     * @param along position on the curve, 0 at its start, 1 at its end
     */
    void at(int sample, float distance, float along);
  }

  /** Visits the samples nearer than {@code reach} pixels. */
  void visit(Surface surface, float reach, Stroke stroke) {
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int i = 0; i <= PIECES; i++) {
      left = Math.min(left, xs[i]);
      right = Math.max(right, xs[i]);
      top = Math.min(top, ys[i]);
      bottom = Math.max(bottom, ys[i]);
    }
    surface.within(
        left - reach,
        top - reach,
        right + reach,
        bottom + reach,
        (sample, x, y) -> nearest(sample, x, y, reach, stroke));
  }

  private void nearest(int sample, float x, float y, float reach, Stroke stroke) {
    float best = reach * reach;
    float side = 0;
    float along = -1;
    for (int i = 0; i < PIECES; i++) {
      float dx = xs[i + 1] - xs[i];
      float dy = ys[i + 1] - ys[i];
      float t =
          Noise.clamp(((x - xs[i]) * dx + (y - ys[i]) * dy) / (dx * dx + dy * dy + 1e-9f), 0, 1);
      float ex = x - xs[i] - t * dx;
      float ey = y - ys[i] - t * dy;
      float square = ex * ex + ey * ey;
      if (square < best) {
        best = square;
        side = dx * ey - dy * ex;
        along = (i + t) / PIECES;
      }
    }
    if (along >= 0) {
      float distance = (float) Math.sqrt(best);
      stroke.at(sample, side < 0 ? -distance : distance, along);
    }
  }
}
