package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.files.Omission;

/**
 * The masks of images that are taken as good, of all categories: they are read at once. One that
 * sets something apart says that its image shows a defect: it is told, and asked about where the
 * image would be trained on.
 */
final class GoodMasks {
  /** Where folders say what an image shows, in the words that end a remedy. */
  private static final String IN_FOLDERS = "; move masks that mean something else out of data.root";

  /** Where rows of a table say what an image shows. */
  private static final String IN_TABLE = "; leave the mask out where it means something else";

  private final Map<MaskFile, Held> images = new LinkedHashMap<>();

  /**
   * The image of a mask.
   *
   * @param remedy what to do with it if it shows a defect, in words
   */
  private record Held(ImageEntry image, String remedy) {
    DatasetFiles.Mask mask(MaskFile file) {
      return new DatasetFiles.Mask(file, image.maskBackground().orElse(DatasetFiles.Mask.BLACK));
    }
  }

  /**
   * Adds the masks of a good image.
   *
   * @param place where images with a defect and their masks belong, in words
   */
  void add(ImageEntry image, List<FileItem> masks, String place) {
    masks.forEach(
        mask ->
            images.put(
                MaskFile.of(image.root(), mask),
                new Held(image, "move such images into " + place + IN_FOLDERS)));
  }

  /**
   * Adds the masks of a good image: of a test image all, of others those beside it alone, since a
   * mask of the same name elsewhere is of a defective test image.
   *
   * @param index of the category's masks
   * @param below path of the image below its part, as masks are found by
   * @param place where images with a defect and their masks belong, in words
   */
  void add(ImageEntry image, FileItem file, MaskIndex index, String below, String place) {
    add(
        image,
        image.split() == Split.TEST ? index.passOver(file, below) : index.passOverBeside(file),
        place);
  }

  /** Adds the masks that a table names in the row of a good image. */
  void addOfRow(ImageEntry image, List<MaskFile> masks) {
    Held held = new Held(image, "give their rows the defect that they show" + IN_TABLE);
    masks.forEach(mask -> images.put(mask, held));
  }

  /** Reads the masks. */
  void judge(DatasetFiles files, Placement.Builder placement) {
    if (images.isEmpty()) {
      return;
    }
    List<DatasetFiles.Mask> all = new ArrayList<>();
    images.forEach((file, held) -> all.add(held.mask(file)));
    Set<String> marked = files.marked(all);
    Map<String, List<MaskFile>> found = new TreeMap<>();
    Map<String, Integer> numbers = new TreeMap<>();
    images.forEach(
        (mask, held) -> {
          numbers.merge(held.image().category(), 1, Integer::sum);
          if (marked.contains(mask.name())) {
            placement.leave(mask.name(), Omission.MARKED_MASK_OF_GOOD);
            found.computeIfAbsent(held.image().category(), c -> new ArrayList<>()).add(mask);
          }
        });
    found.forEach((category, masks) -> tell(category, numbers.get(category), masks, placement));
  }

  private void tell(String category, int all, List<MaskFile> masks, Placement.Builder placement) {
    List<MaskFile> training =
        masks.stream().filter(mask -> images.get(mask).image().split() != Split.TEST).toList();
    MaskFile first = training.isEmpty() ? masks.get(0) : training.get(0);
    Held held = images.get(first);
    String found =
        "%s: %d of %d masks of images that are taken as good are not black, such as %s of %s: they"
                .formatted(category, masks.size(), all, first.name(), held.image().imageId())
            + " say that these images show defects";
    if (training.isEmpty()) {
      placement.note(found + "; they count as good in tests; " + held.remedy());
      return;
    }
    placement.askOf(
        "%s, and %d of them would be trained on".formatted(found, training.size()),
        held.remedy(),
        training.stream().map(mask -> images.get(mask).image().imageId()).toList());
  }
}
