package org.fairspark.metrics;

/**
 * The area under a rising curve from (0, 0) up to a limit on the horizontal axis, divided by the
 * limit, from points in order. Between two points the true curve lies between the lower and the
 * upper step.
 */
final class CurveArea {
  private final double limit;
  private double x;
  private double y;
  private double lower;
  private double straight;
  private double upper;

  CurveArea(double limit) {
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException(
          "the false-positive rate limit must be in (0,1], got " + limit);
    }
    this.limit = limit;
  }

  /** Adds a point, not left of and not below the one before. */
  void to(double nextX, double nextY) {
    double end = Math.min(nextX, limit);
    double step = end - x;
    if (step > 0) {
      double endY = y + (nextY - y) * (step / (nextX - x));
      lower += step * y;
      straight += step * (y + endY) / 2;
      upper += step * nextY;
    }
    x = nextX;
    y = nextY;
  }

  /** Returns the area with straight lines between the points. */
  double estimate() {
    return straight / limit;
  }

  /** Returns a bound on the distance of the true area from the estimate. */
  double halfWidth() {
    return Math.max(straight - lower, upper - straight) / limit;
  }
}
