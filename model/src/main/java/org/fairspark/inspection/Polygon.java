package org.fairspark.inspection;

import java.io.Serializable;
import java.util.List;

/**
 * The inside of a closed line, by the even-odd rule.
 *
 * @param corners in order, at least three; the last is joined to the first
 */
public record Polygon(List<Point> corners) implements Region {
  /**
   * A point of an image whose width and height are both one.
   *
   * @param x from the left
   * @param y from the top
   */
  public record Point(double x, double y) implements Serializable {}

  /**
   * @throws IllegalArgumentException if the corners are fewer than three or a number is not finite
   */
  public Polygon {
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException(
          "a polygon has at least three corners, got " + corners.size());
    }
    for (Point corner : corners) {
      if (!Double.isFinite(corner.x) || !Double.isFinite(corner.y)) {
        throw new IllegalArgumentException("a corner must be finite, got " + corner);
      }
    }
  }

  /**
   * Returns a rectangle.
   *
   * @param x of its left side
   * @param y of its upper side
   */
  public static Polygon rectangle(double x, double y, double width, double height) {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException(
          "a rectangle has a width and a height above 0, got %s and %s".formatted(width, height));
    }
    return new Polygon(
        List.of(
            new Point(x, y),
            new Point(x + width, y),
            new Point(x + width, y + height),
            new Point(x, y + height)));
  }

  @Override
  public boolean contains(double x, double y) {
    boolean inside = false;
    Point last = corners.get(corners.size() - 1);
    for (Point corner : corners) {
      if ((corner.y > y) != (last.y > y)
          && x < (last.x - corner.x) * (y - corner.y) / (last.y - corner.y) + corner.x) {
        inside = !inside;
      }
      last = corner;
    }
    return inside;
  }
}
