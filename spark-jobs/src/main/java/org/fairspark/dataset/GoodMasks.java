package org.fairspark.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;

/**
 * The masks of a category's images that are taken as good. One that is not black says that its
 * image shows a defect: it is told, and asked about where the image would be trained on.
 */
final class GoodMasks {
  private final Map<FileItem, Held> images = new LinkedHashMap<>();

  /** The image of a mask. */
  private record Held(FileItem image, Split split) {}

  /** Adds the masks of a good image. */
  void add(FileItem image, Split split, List<FileItem> masks) {
    masks.forEach(mask -> images.put(mask, new Held(image, split)));
  }

  /**
   * Adds the masks of a good image: of a test image all, of others those beside it alone, since a
   * mask of the same name elsewhere is of a defective test image.
   *
   * @param index of the category's masks
   * @param place of the image below its part, as masks are found by
   */
  void add(FileItem image, Split split, MaskIndex index, String place) {
    add(
        image,
        split,
        split == Split.TEST ? index.passOver(image, place) : index.passOverBeside(image));
  }

  /**
   * Reads the masks.
   *
   * @param place where images with a defect and their masks belong, in words
   */
  void judge(String category, DatasetFiles files, String place, Placement.Builder placement) {
    if (images.isEmpty()) {
      return;
    }
    Set<String> marked = files.marked(images.keySet());
    List<FileItem> masks =
        images.keySet().stream().filter(mask -> marked.contains(mask.name())).toList();
    if (masks.isEmpty()) {
      return;
    }
    masks.forEach(mask -> placement.leave(mask, Omission.MARKED_MASK_OF_GOOD));
    List<FileItem> training =
        masks.stream().filter(mask -> images.get(mask).split() != Split.TEST).toList();
    FileItem first = training.isEmpty() ? masks.get(0) : training.get(0);
    String found =
        "%s: %d of %d masks of images that are taken as good are not black, such as %s of %s: they"
                .formatted(
                    category,
                    masks.size(),
                    images.size(),
                    first.name(),
                    images.get(first).image().name())
            + " say that these images show defects";
    String remedy = "move such images into " + place;
    if (training.isEmpty()) {
      placement.note(found + "; they count as good in tests; " + remedy);
      return;
    }
    placement.ask(
        "%s, and %d of them would be trained on".formatted(found, training.size()),
        remedy + "; move masks that mean something else out of data.root",
        training.stream().map(mask -> images.get(mask).image()).toList());
  }
}
