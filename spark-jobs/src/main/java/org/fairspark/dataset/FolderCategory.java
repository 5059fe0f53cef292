package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.PathNames;

/**
 * One category of the user's own folders: {@code good/} (or {@code normal/}, {@code ok/}) and a
 * folder for each kind of defect, with or without {@code train/} and {@code test/} above them, each
 * nested as one likes. Masks lie in {@code masks/} or {@code ground_truth/} in folders of the same
 * names, or beside their image as {@code NAME_mask}. A folder with images and nothing else is all
 * good.
 */
final class FolderCategory {
  private final String name;
  private final MaskIndex masks = new MaskIndex();
  private final List<Placed> images = new ArrayList<>();
  private final Set<String> places = new HashSet<>();

  /**
   * An image's place.
   *
   * @param part which of the two folders it lies in, or empty
   * @param rest path below that, without extension
   */
  private record Placed(String part, String rest, FileItem file) {
    /**
     * Returns the first folder, which is the kind of defect; empty for an image without a folder.
     */
    String folder() {
      int slash = rest.indexOf('/');
      return slash < 0 ? "" : rest.substring(0, slash);
    }
  }

  FolderCategory(String name) {
    this.name = name;
  }

  /**
   * Adds a file.
   *
   * @param path relative to the category
   */
  void add(String path, FileItem file) {
    String rest = PathNames.join(PathNames.folder(path), PathNames.stem(path));
    String part = "";
    String first = first(rest);
    if (PathNames.isTrain(first) || PathNames.isTest(first)) {
      part = PathNames.isTrain(first) ? "train" : "test";
      rest = rest.substring(first.length() + 1);
      first = first(rest);
    }
    if (PathNames.isMasks(first)) {
      String place = rest.substring(first.length() + 1);
      String split = first(place);
      // masks/test/scratch/1 and test/masks/scratch/1 both speak of scratch/1.
      masks.add(
          PathNames.isTrain(split) || PathNames.isTest(split)
              ? place.substring(split.length() + 1)
              : place,
          file);
      return;
    }
    places.add(part + "/" + rest);
    images.add(new Placed(part, rest, file));
  }

  private static String first(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  Placement place(String root) {
    images.removeIf(this::isMaskBeside);
    boolean flat = images.stream().allMatch(i -> i.part().isEmpty() && i.folder().isEmpty());
    boolean hasTrain = images.stream().anyMatch(i -> i.part().equals("train") && isGood(i, flat));
    boolean hasGoodTest = images.stream().anyMatch(i -> i.part().equals("test") && isGood(i, flat));
    List<String> free =
        images.stream()
            .filter(i -> i.part().isEmpty() && isGood(i, flat))
            .map(i -> i.file().name())
            .toList();
    Set<String> training =
        hasTrain ? Set.of() : hasGoodTest ? Set.copyOf(free) : HashSplit.training(free);
    Map<String, Integer> stems = new HashMap<>();
    images.stream().filter(i -> !isGood(i, flat)).forEach(i -> count(stems, i));

    Placement.Builder placement = new Placement.Builder();
    int stray = 0;
    int defectiveTraining = 0;
    for (Placed image : images) {
      if (isGood(image, flat)) {
        boolean train = image.part().equals("train") || training.contains(image.file().name());
        Split split = train ? Split.TRAIN : Split.TEST;
        masks.passOver(image.rest());
        placement.image(ImageEntry.of(root, image.file(), name, split, PathNames.GOOD, null));
      } else if (image.folder().isEmpty()) {
        stray++;
      } else {
        defectiveTraining += image.part().equals("train") ? 1 : 0;
        FileItem mask = mask(image, stems);
        placement.image(ImageEntry.of(root, image.file(), name, Split.TEST, image.folder(), mask));
      }
    }
    masks.leaveOthers(
        name, "masks/DEFECT/IMAGE.png, or IMAGE_mask.png beside IMAGE.png", placement);
    notes(flat, free, training, stray, defectiveTraining).forEach(placement::note);
    return placement.build();
  }

  private boolean isMaskBeside(Placed image) {
    boolean beside =
        image.rest().endsWith("_mask")
            && places.contains(
                image.part()
                    + "/"
                    + image.rest().substring(0, image.rest().length() - "_mask".length()));
    if (beside) {
      masks.add(image.rest(), image.file());
    }
    return beside;
  }

  private static boolean isGood(Placed image, boolean flat) {
    return image.folder().isEmpty()
        ? flat || image.part().equals("train")
        : PathNames.isGood(image.folder());
  }

  private static void count(Map<String, Integer> stems, Placed image) {
    stems.merge(PathNames.last(image.rest()), 1, Integer::sum);
  }

  /**
   * Returns the mask at the same place; else the mask of that name in no folder, if only one image
   * has the name.
   */
  private FileItem mask(Placed image, Map<String, Integer> stems) {
    FileItem found = masks.find(image.rest());
    String stem = PathNames.last(image.rest());
    return found == null && stems.get(stem) == 1 ? masks.find(stem) : found;
  }

  private List<String> notes(
      boolean flat, List<String> free, Set<String> training, int stray, int defectiveTraining) {
    List<String> notes = new ArrayList<>();
    if (flat && !images.isEmpty()) {
      notes.add(name + ": there are no folders in it, so all its images are taken as good");
    }
    if (!training.isEmpty() && training.size() < free.size()) {
      notes.add(
          "%s: no train/ and test/, so %d of %d good images were chosen for training by their names"
              .formatted(name, training.size(), free.size()));
    }
    if (stray > 0) {
      notes.add(
          "%s: %d image(s) outside good/ and the folders of defects are left out"
              .formatted(name, stray));
    }
    if (defectiveTraining > 0) {
      notes.add(
          "%s: %d image(s) in train/ lie in a folder of defects and are taken as test images"
              .formatted(name, defectiveTraining));
    }
    return notes;
  }
}
