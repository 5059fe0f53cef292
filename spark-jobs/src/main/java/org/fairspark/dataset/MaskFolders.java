package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * An index of masks in folders that run parallel to those of images, where an image may have
 * several: {@code PLACE_mask}, {@code PLACE}, or all files in a folder {@code PLACE}.
 */
final class MaskFolders {
  private final Map<String, List<FileItem>> byPlace = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> unneeded = new HashSet<>();

  /**
   * Adds a mask.
   *
   * @param place its path within the tree of masks, without extension
   */
  void add(String place, FileItem mask) {
    byPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(mask);
    byPlace.computeIfAbsent(PathNames.folder(place) + "/", p -> new ArrayList<>()).add(mask);
  }

  /** Returns the masks of the image at this place. */
  List<FileItem> take(String place) {
    List<FileItem> masks =
        keys(place).map(byPlace::get).filter(found -> found != null).findFirst().orElse(List.of());
    masks.forEach(mask -> taken.add(mask.name()));
    return masks;
  }

  /** Marks the masks of the good image at this place, if there are any, as not needed. */
  void passOver(String place) {
    keys(place)
        .flatMap(key -> byPlace.getOrDefault(key, List.of()).stream())
        .forEach(mask -> unneeded.add(mask.name()));
  }

  private static Stream<String> keys(String place) {
    return Stream.of(place + "_mask", place, place + "/");
  }

  /** Leaves out the masks that no image has taken. */
  void leaveOthers(String category, Placement.Builder placement) {
    Set<String> strangers = new HashSet<>();
    for (List<FileItem> masks : byPlace.values()) {
      for (FileItem mask : masks) {
        if (taken.contains(mask.name())) {
          continue;
        }
        boolean good = unneeded.contains(mask.name());
        placement.leave(mask, good ? Omission.MASK_OF_GOOD : Omission.MASK_WITHOUT_IMAGE);
        if (!good) {
          strangers.add(mask.name());
        }
      }
    }
    if (!strangers.isEmpty()) {
      placement.note(
          "%s: %d mask(s) belong to no image, such as %s"
              .formatted(
                  category,
                  strangers.size(),
                  strangers.stream().sorted().findFirst().orElseThrow()));
    }
  }
}
