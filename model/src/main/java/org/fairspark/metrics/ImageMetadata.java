package org.fairspark.metrics;

import java.io.Serializable;
import java.util.List;

/**
 * The knowledge of a test image beside its label and mask, by which its metrics are computed again
 * or further; each empty where it is not known.
 *
 * @param group the part that it shows, with others
 * @param view the side of the part
 * @param condition the light, the camera and the like
 * @param defects its defects one by one, where their saturation is known
 * @param own its map and mask at the size of its file; null where that is not known
 */
public record ImageMetadata(
    String group, String view, String condition, List<DefectArea> defects, OwnSize own)
    implements Serializable {
  /** The metadata of an image of which nothing is known. */
  public static final ImageMetadata NONE = new ImageMetadata("", "", "");

  public ImageMetadata {
    defects = List.copyOf(defects);
  }

  /** Makes the metadata of an image whose defects are not known one by one. */
  public ImageMetadata(String group, String view, String condition) {
    this(group, view, condition, List.of(), null);
  }

  /** Returns the same of an image whose map and mask are known at the size of its file. */
  public ImageMetadata with(OwnSize other) {
    return new ImageMetadata(group, view, condition, defects, other);
  }
}
