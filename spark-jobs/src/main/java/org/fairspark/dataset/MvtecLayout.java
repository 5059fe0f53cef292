package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param files reads the masks of good images
 */
record MvtecLayout(String base, DatasetFiles files) implements Layout {
  private static final String OF_DEFECTS =
      "test/DEFECT of their category, and their masks into ground_truth/DEFECT";

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
    Placement.Builder placement = new Placement.Builder();
    if (single) {
      tree.askAboutCategoriesBesideParts(base, placement);
    }
    BesideMasks beside = BesideMasks.find(images);
    placement.ask(
        base.isEmpty() ? "data.root" : base,
        beside,
        PathNames.join(single ? base : prefix + "CATEGORY", "ground_truth/DEFECT/NAME_mask.png"));
    beside
        .images()
        .forEach(
            (mask, image) -> {
              Place place = Place.of(tree, prefix, single, image);
              masks.computeIfAbsent(place.category(), c -> new MaskIndex()).addBeside(image, mask);
            });
    Set<FileItem> others = beside.others();
    if (!others.isEmpty()) {
      images.removeIf(others::contains);
    }
    GoodMasks ofGood = new GoodMasks();
    Map<String, Integer> unplaced = new TreeMap<>();
    Map<String, Integer> calibration = new TreeMap<>();
    for (FileItem file : images) {
      Place place = Place.of(tree, prefix, single, file);
      String defect = place.defect();
      boolean train = place.part().equals("train");
      boolean good = PathNames.isGood(defect);
      if (defect.isEmpty() || !(train ? good : place.part().equals("test"))) {
        String category = place.category().isEmpty() ? "data.root" : place.category();
        boolean forThresholds = good && PathNames.isCalibration(place.part());
        (forThresholds ? calibration : unplaced).merge(category, 1, Integer::sum);
        continue;
      }
      Split split = train ? Split.TRAIN : Split.TEST;
      MaskIndex index = masks.get(place.category());
      List<FileItem> own = List.of();
      if (index != null && !good) {
        own = index.take(file, place.rest());
      }
      ImageEntry image =
          ImageEntry.of(
              tree.root(),
              file,
              place.category(),
              split,
              PathNames.defect(defect),
              own,
              ImageEntry.Annotations.NONE);
      placement.image(image);
      if (index != null && good) {
        ofGood.add(image, file, index, place.rest(), OF_DEFECTS);
      }
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
    calibration.forEach(
        (category, count) ->
            placement.note(
                "%s: %d good image(s) for validation are left out, as this layout knows none;"
                        .formatted(category, count)
                    + " data.layout = folder sets the thresholds by them"));
    ofGood.judge(files, placement);
    return placement.build().settled();
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
