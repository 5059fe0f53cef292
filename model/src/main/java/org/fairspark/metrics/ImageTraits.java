package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The circumstances of a test image by which its metrics are computed again; each empty where it is
 * not known.
 *
 * @param group the part that it shows, with others
 * @param view the side of the part
 * @param condition the light, the camera and the like
 */
public record ImageTraits(String group, String view, String condition) implements Serializable {
  /** The traits of an image of which nothing is known. */
  public static final ImageTraits NONE = new ImageTraits("", "", "");
}
