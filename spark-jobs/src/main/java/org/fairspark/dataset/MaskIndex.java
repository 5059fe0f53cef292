package org.fairspark.dataset;

import java.util.HashMap;
import java.util.Map;

/**
 * An index that finds the mask of an image in a tree of masks that runs parallel to the tree of
 * images.
 */
final class MaskIndex {
  private final Map<String, FileItem> masks = new HashMap<>();

  /**
   * Adds a mask.
   *
   * @param place its path within the tree of masks, without extension
   */
  void add(String place, FileItem mask) {
    // The first of several extensions in the order of names, so that the choice is stable.
    masks.putIfAbsent(place, mask);
  }

  boolean isEmpty() {
    return masks.isEmpty();
  }

  /**
   * Returns the mask of the image at this place: {@code PLACE_mask} as in MVTec AD, or {@code
   * PLACE} alone as in VisA; null if there is none.
   */
  FileItem find(String place) {
    FileItem named = masks.get(place + "_mask");
    return named != null ? named : masks.get(place);
  }
}
