package org.fairspark.inspection;

import java.io.Serializable;

/** A set of points of an image, whose width and height are both one. */
public sealed interface Region extends Serializable permits Polygon, Picture {
  /**
   * Returns whether a point belongs to it.
   *
   * @param x from the left, 0 to 1
   * @param y from the top, 0 to 1
   */
  boolean contains(double x, double y);
}
