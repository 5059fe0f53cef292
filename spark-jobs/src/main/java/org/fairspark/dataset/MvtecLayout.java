package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.fairspark.files.PathNames;

/**
 * MVTec AD's layout: {@code CATEGORY/train/good}, {@code CATEGORY/test/DEFECT} and {@code
 * CATEGORY/ground_truth/DEFECT/NAME_mask.png}. The reorganised VisA has the same with other
 * extensions and {@code NAME.png}.
 *
 * @param base folder of the categories relative to the data root, empty for the root; where it
 *     holds {@code train} itself it is read as one category
 */
record MvtecLayout(String base) implements Layout {

  static boolean fits(FileTree tree, String base) {
    return isCategory(tree, base)
        || tree.foldersIn(base).stream()
            .anyMatch(name -> isCategory(tree, PathNames.join(base, name)));
  }

  private static boolean isCategory(FileTree tree, String folder) {
    SortedSet<String> inside = tree.foldersIn(folder);
    return inside.contains("train") && inside.stream().allMatch(n -> !n.equals("Data"));
  }

  @Override
  public String expected() {
    return "expected CATEGORY/train/good/*.png and CATEGORY/test/DEFECT/*.png";
  }

  @Override
  public Placement place(FileTree tree) {
    boolean single = isCategory(tree, base);
    String prefix = base.isEmpty() ? "" : base + "/";
    Map<String, MaskIndex> masks = new HashMap<>();
    List<FileItem> images = new ArrayList<>();
    for (FileItem file : tree.files()) {
      if (!file.name().startsWith(prefix)) {
        continue;
      }
      Place place = Place.of(tree, prefix, single, file);
      if (place.part().equals("ground_truth")) {
        masks.computeIfAbsent(place.category(), c -> new MaskIndex()).add(place.rest(), file);
      } else {
        images.add(file);
      }
    }
    BesideMasks beside = BesideMasks.find(images);
    LayoutQuestion.about(base.isEmpty() ? "data.root" : base, beside.questions());
    beside
        .images()
        .forEach(
            (mask, image) -> {
              Place place = Place.of(tree, prefix, single, image);
              masks.computeIfAbsent(place.category(), c -> new MaskIndex()).add(place.rest(), mask);
            });
    images.removeIf(beside.images()::containsKey);
    Placement.Builder placement = new Placement.Builder();
    Map<String, Integer> unplaced = new TreeMap<>();
    for (FileItem file : images) {
      Place place = Place.of(tree, prefix, single, file);
      String defect = place.defect();
      boolean train = place.part().equals("train");
      if (defect.isEmpty() || !(train ? PathNames.isGood(defect) : place.part().equals("test"))) {
        unplaced.merge(
            place.category().isEmpty() ? "data.root" : place.category(), 1, Integer::sum);
        continue;
      }
      placement.image(
          ImageEntry.of(
              tree.root(),
              file,
              place.category(),
              train ? Split.TRAIN : Split.TEST,
              PathNames.defect(defect),
              mask(masks.get(place.category()), place)));
    }
    masks.forEach(
        (category, index) ->
            index.leaveOthers(
                category,
                "ground_truth/DEFECT/IMAGE_mask.png beside test/DEFECT/IMAGE.png",
                placement));
    unplaced.forEach(
        (category, count) ->
            placement.note(
                "%s: %d image(s) outside train/good and test/DEFECT are left out"
                    .formatted(category, count)));
    return placement.build();
  }

  /** Returns an image's mask, or null; good images need none. */
  private static FileItem mask(MaskIndex index, Place place) {
    if (index == null) {
      return null;
    }
    if (PathNames.isGood(place.defect())) {
      index.passOver(place.rest());
      return null;
    }
    return index.find(place.rest());
  }

  /**
   * A file's place.
   *
   * @param part the folder that images or masks lie in
   * @param rest path below that, without extension
   */
  private record Place(String category, String part, String rest) {
    static Place of(FileTree tree, String prefix, boolean single, FileItem file) {
      String path = file.name().substring(prefix.length());
      String category;
      if (single) {
        category = prefix.isEmpty() ? tree.rootName() : PathNames.last(PathNames.folder(prefix));
      } else {
        int slash = path.indexOf('/');
        category = slash < 0 ? "" : path.substring(0, slash);
        path = path.substring(slash + 1);
      }
      int slash = path.indexOf('/');
      String part = slash < 0 ? "" : path.substring(0, slash);
      String rest =
          PathNames.join(PathNames.folder(path.substring(slash + 1)), PathNames.stem(path));
      return new Place(category, part, rest);
    }

    String defect() {
      int slash = rest.indexOf('/');
      return slash < 0 ? "" : rest.substring(0, slash);
    }
  }
}
