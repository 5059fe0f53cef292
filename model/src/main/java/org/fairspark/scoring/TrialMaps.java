package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The anomaly maps of one held-out image and of its {@link TrialImages}.
 *
 * @param id the image's
 * @param plain maps of the image as it is
 * @param changed maps of the changed normal images
 * @param defective maps of the images with a defect
 * @param masks of the defects, {@code boolean[H * W]}
 */
public record TrialMaps(
    String id,
    AnomalyMaps plain,
    List<AnomalyMaps> changed,
    List<AnomalyMaps> defective,
    List<boolean[]> masks)
    implements Serializable {
  public TrialMaps {
    // Lists of their own: parts of other lists are not serializable.
    changed = new ArrayList<>(changed);
    defective = new ArrayList<>(defective);
    masks = new ArrayList<>(masks);
  }

  /**
   * Returns the maps of one image and of what a trial makes of it.
   *
   * @param found maps of {@link TrialImages#all}, then of the image as it is
   */
  public static TrialMaps of(String id, TrialImages images, List<AnomalyMaps> found) {
    int each = TrialImages.EACH;
    return new TrialMaps(
        id,
        found.get(2 * each),
        found.subList(0, each),
        found.subList(each, 2 * each),
        images.masks());
  }

  /**
   * Changed images that tell what is normal, beside the image as it is: more would drown what the
   * line really does in what it might do.
   */
  private static final int FITTED = 2;

  /** Adds the maps that tell what is normal: of the image as it is, and of two changed ones. */
  void addTo(MapSums sums) {
    sums.add(plain);
    changed.subList(0, FITTED).forEach(sums::add);
  }

  /** Takes away what {@link #addTo} added. */
  void removeFrom(MapSums sums) {
    sums.remove(plain);
    changed.subList(0, FITTED).forEach(sums::remove);
  }
}
