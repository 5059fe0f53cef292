package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The anomaly maps of one held-out image and of its {@link TrialImages}.
 *
 * @param id the image's
 * @param plain map of the image as it is, {@code float[H][W]}
 * @param changed maps of the changed normal images
 * @param defective maps of the images with a defect
 */
public record TrialMaps(String id, float[] plain, List<float[]> changed, List<float[]> defective)
    implements Serializable {
  public TrialMaps {
    // Lists of their own: parts of other lists are not serializable.
    changed = new ArrayList<>(changed);
    defective = new ArrayList<>(defective);
  }

  /**
   * Changed images that tell what is normal, beside the image as it is: more would drown what the
   * line really does in what it might do.
   */
  private static final int FITTED = 2;

  /** Adds the maps that tell what is normal: of the image as it is, and of two changed ones. */
  void addTo(PositionSums sums) {
    sums.add(plain);
    changed.subList(0, FITTED).forEach(sums::add);
  }

  /** Takes away what {@link #addTo} added. */
  void removeFrom(PositionSums sums) {
    sums.remove(plain);
    changed.subList(0, FITTED).forEach(sums::remove);
  }
}
