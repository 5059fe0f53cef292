package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;

/**
 * An index that finds the mask of an image in a tree of masks that runs parallel to the tree of
 * images, and knows at the end which masks no image has asked for.
 */
final class MaskIndex {
  private final Map<String, FileItem> masks = new HashMap<>();
  private final List<FileItem> further = new ArrayList<>();
  private final Set<String> found = new HashSet<>();
  private final Set<String> unneeded = new HashSet<>();

  /**
   * Adds a mask.
   *
   * @param place its path within the tree of masks, without extension
   */
  void add(String place, FileItem mask) {
    // The first of several extensions in the order of names, so that the choice is stable.
    if (masks.putIfAbsent(place, mask) != null) {
      further.add(mask);
    }
  }

  boolean isEmpty() {
    return masks.isEmpty();
  }

  /**
   * Returns the mask of the image at this place: {@code PLACE_mask} as in MVTec AD, or {@code
   * PLACE} alone as in VisA; null if there is none.
   */
  FileItem find(String place) {
    for (String name : List.of(place + "_mask", place)) {
      FileItem mask = masks.get(name);
      if (mask != null) {
        found.add(name);
        return mask;
      }
    }
    return null;
  }

  /** Marks the mask of the good image at this place, if there is one, as not needed. */
  void passOver(String place) {
    unneeded.add(place + "_mask");
    unneeded.add(place);
  }

  /**
   * Leaves out the masks that no image was given.
   *
   * @param category their category, for a note
   * @param expected the name that a mask should have, in words
   */
  void leaveOthers(String category, String expected, Placement.Builder placement) {
    List<FileItem> strangers = new ArrayList<>();
    masks.forEach(
        (place, mask) -> {
          if (found.contains(place)) {
            return;
          }
          if (unneeded.contains(place)) {
            placement.leave(mask, Omission.MASK_OF_GOOD);
          } else {
            placement.leave(mask, Omission.MASK_WITHOUT_IMAGE);
            strangers.add(mask);
          }
        });
    further.forEach(mask -> placement.leave(mask, Omission.SECOND_MASK));
    if (!strangers.isEmpty()) {
      placement.note(
          "%s: %d mask(s) belong to no image, such as %s; expected %s"
              .formatted(
                  category,
                  strangers.size(),
                  strangers.stream().map(FileItem::name).sorted().findFirst().orElseThrow(),
                  expected));
    }
  }
}
