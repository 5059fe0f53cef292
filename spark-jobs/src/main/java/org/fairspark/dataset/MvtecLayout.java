package org.fairspark.dataset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fairspark.files.MaskWords;
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
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String OF_DEFECTS =
      "test/DEFECT of their category, and their masks into ground_truth/DEFECT";

  static boolean fits(FileTree tree, String base) {
    return isCategory(tree, base)
        || tree.foldersIn(base).stream()
            .anyMatch(name -> isCategory(tree, PathNames.join(base, name)));
  }

  private static boolean isCategory(FileTree tree, String folder) {
    return isCategory(tree.foldersIn(folder));
  }

  private static boolean isCategory(Set<String> inside) {
    return inside.contains(TRAIN) && !inside.contains("Data");
  }

  @Override
  public String expected() {
    return "expected CATEGORY/train/good/*.png and CATEGORY/test/DEFECT/*.png";
  }

  @Override
  public Placement place(FileTree tree) {
    PartPaths paths = new PartPaths(tree, base);
    boolean whole = isCategory(tree, base);
    boolean single = whole || (paths.areDated() && isCategory(paths.top()));
    String name = base.isEmpty() ? tree.rootName() : PathNames.last(base);
    Map<FileItem, Place> images = new LinkedHashMap<>();
    Map<String, Set<String>> defects = new HashMap<>();
    for (FileItem file : tree.files()) {
      if (paths.holds(file)) {
        Place place = Place.of(paths, single ? name : "", file);
        images.put(file, place);
        defects.computeIfAbsent(place.category(), c -> new HashSet<>()).add(place.defect());
      }
    }
    Map<String, MaskIndex> masks = new HashMap<>();
    images
        .entrySet()
        .removeIf(
            file -> {
              Place place = file.getValue();
              Optional<String> of = place.imageOfMask(defects.get(place.category()));
              of.ifPresent(rest -> index(masks, place).add(rest, file.getKey()));
              return of.isPresent();
            });
    Placement.Builder placement = new Placement.Builder();
    paths.note().ifPresent(placement::note);
    if (whole) {
      tree.askAboutCategoriesBesideParts(base, placement);
    }
    BesideMasks beside = BesideMasks.find(images.keySet());
    String folder = single ? base : PathNames.join(base, "CATEGORY");
    placement.ask(
        base.isEmpty() ? "data.root" : base,
        beside,
        PathNames.join(folder, "ground_truth/DEFECT/NAME_mask.png"));
    beside
        .images()
        .forEach((mask, image) -> index(masks, images.get(image)).addBeside(image, mask));
    images.keySet().removeAll(beside.others());
    GoodMasks ofGood = new GoodMasks();
    Map<String, Integer> unplaced = new TreeMap<>();
    Map<String, Integer> calibration = new TreeMap<>();
    images.forEach(
        (file, place) -> {
          boolean good = PathNames.isGood(place.defect());
          if (place.split() == null) {
            boolean forThresholds = good && PathNames.isCalibration(place.part());
            (forThresholds ? calibration : unplaced)
                .merge(
                    place.category().isEmpty() ? "data.root" : place.category(), 1, Integer::sum);
            return;
          }
          MaskIndex index = masks.get(place.category());
          ImageEntry image =
              ImageEntry.of(
                  tree.root(),
                  file,
                  place.category(),
                  place.split(),
                  PathNames.defect(place.defect()),
                  index == null || good ? List.of() : index.take(file, place.rest()),
                  ImageEntry.Annotations.ofCondition(paths.date(file)));
          placement.image(image);
          if (index != null && good) {
            ofGood.add(image, index.passOver(file, place.besides()), OF_DEFECTS);
          }
        });
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

  private static MaskIndex index(Map<String, MaskIndex> masks, Place place) {
    return masks.computeIfAbsent(place.category(), category -> new MaskIndex());
  }

  /**
   * A file's place.
   *
   * @param part the folder that images or masks lie in
   * @param rest path below that, without extension
   */
  private record Place(String category, String part, String rest) {
    static Place of(PartPaths paths, String single, FileItem file) {
      String path = paths.of(file);
      String category = single;
      if (single.isEmpty()) {
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

    /** Returns the split of an image; null where the layout has no place for it. */
    Split split() {
      boolean train = part.equals(TRAIN) && PathNames.isGood(defect());
      boolean test = part.equals(TEST) && !defect().isEmpty();
      return train ? Split.TRAIN : test ? Split.TEST : null;
    }

    /**
     * Returns the place of the image whose mask a file is: one in ground_truth, or in a folder of
     * masks among images. Nothing for an image.
     *
     * @param defects names of all folders that kinds of defect may be called after
     */
    Optional<String> imageOfMask(Set<String> defects) {
      if (part.equals("ground_truth")) {
        return Optional.of(rest);
      }
      if (!part.equals(TEST) && !part.equals(TRAIN)) {
        return Optional.empty();
      }
      Optional<String> image =
          MaskWords.imageOf(defect())
              .filter(defects::contains)
              .map(defect -> defect + rest.substring(defect().length()))
              .or(() -> PathNames.withoutMasks(rest));
      return image.map(place -> new Place(category, part, place).besides());
    }

    /** Returns where masks of this image are found; of a training image not those of a test one. */
    String besides() {
      return part.equals(TRAIN) ? TRAIN + "/" + rest : rest;
    }
  }
}
