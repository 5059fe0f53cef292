package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.files.MaskWords;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * An index that finds the masks of an image in a tree of masks that runs parallel to the tree of
 * images, and knows at the end which masks no image has asked for. The masks of the image {@code
 * PLACE} are {@code PLACE_mask} and its like, of which there may be several ({@code PLACE_mask_0}),
 * or {@code PLACE} alone, or all files in a folder {@code PLACE}.
 */
final class MaskIndex {
  private final Map<String, FileItem> byPlace = new HashMap<>();
  private final Map<String, List<FileItem>> byImage = new HashMap<>();
  private final Map<String, List<FileItem>> byFolder = new HashMap<>();
  private final Map<FileItem, List<FileItem>> beside = new HashMap<>();
  private final List<FileItem> further = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> unneeded = new HashSet<>();

  /**
   * Adds a mask.
   *
   * @param place its path within the tree of masks, without extension
   */
  void add(String place, FileItem mask) {
    // The first of several extensions in the order of names, so that the choice is stable.
    if (byPlace.putIfAbsent(place, mask) != null) {
      further.add(mask);
      return;
    }
    String folder = PathNames.folder(place);
    byFolder.computeIfAbsent(folder, f -> new ArrayList<>()).add(mask);
    MaskWords.imageOf(PathNames.last(place))
        .ifPresent(
            image ->
                byImage
                    .computeIfAbsent(PathNames.join(folder, image), i -> new ArrayList<>())
                    .add(mask));
  }

  /** Adds a mask that lies beside its image. */
  void addBeside(FileItem image, FileItem mask) {
    beside.computeIfAbsent(image, i -> new ArrayList<>()).add(mask);
  }

  boolean isEmpty() {
    return byPlace.isEmpty() && beside.isEmpty();
  }

  /**
   * Returns an image's masks; none if there is none.
   *
   * @param place its path within the tree of images, without extension
   */
  List<FileItem> take(FileItem image, String place) {
    return marked(of(image, place), taken);
  }

  /** Marks the masks of a good image as not needed, and returns them. */
  List<FileItem> passOver(FileItem image, String place) {
    return marked(of(image, place), unneeded);
  }

  /** Marks the masks beside a good image as not needed, and returns them. */
  List<FileItem> passOverBeside(FileItem image) {
    return marked(beside.getOrDefault(image, List.of()), unneeded);
  }

  private static List<FileItem> marked(List<FileItem> masks, Set<String> names) {
    masks.forEach(mask -> names.add(mask.name()));
    return masks;
  }

  private List<FileItem> of(FileItem image, String place) {
    List<FileItem> own = beside.getOrDefault(image, List.of());
    List<FileItem> apart = apart(place);
    if (own.isEmpty()) {
      return apart;
    }
    further.addAll(apart);
    return own;
  }

  /** Returns the masks of an image that do not lie beside it. */
  private List<FileItem> apart(String place) {
    List<FileItem> named = byImage.getOrDefault(place, List.of());
    FileItem plain = byPlace.get(place);
    if (plain != null && !byPlace.containsKey(place + "_mask")) {
      return List.of(plain);
    }
    // A folder of no name would be all masks of a kind of defect.
    return named.isEmpty() && place.indexOf('/') >= 0
        ? byFolder.getOrDefault(place, List.of())
        : named;
  }

  /**
   * Leaves out the masks that no image was given.
   *
   * @param category their category, for a note
   * @param expected the name that a mask should have, in words
   */
  void leaveOthers(String category, String expected, Placement.Builder placement) {
    further.forEach(mask -> placement.leave(mask, Omission.SECOND_MASK));
    Set<String> second = new HashSet<>(further.stream().map(FileItem::name).toList());
    List<FileItem> strangers = new ArrayList<>();
    Stream.concat(byPlace.values().stream(), beside.values().stream().flatMap(List::stream))
        .filter(mask -> !taken.contains(mask.name()) && !second.contains(mask.name()))
        .forEach(
            mask -> {
              boolean good = unneeded.contains(mask.name());
              placement.leave(mask, good ? Omission.MASK_OF_GOOD : Omission.MASK_WITHOUT_IMAGE);
              if (!good) {
                strangers.add(mask);
              }
            });
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
