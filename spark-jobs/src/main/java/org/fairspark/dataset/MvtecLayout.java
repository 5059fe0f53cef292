package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    List<Located> all = new ArrayList<>();
    Map<String, Set<String>> defects = new HashMap<>();
    String at = null;
    Folder folder = null;
    for (FileItem file : tree.files()) {
      if (!paths.holds(file)) {
        continue;
      }
      // Files of one folder mostly follow each other.
      if (!file.isIn(at)) {
        at = file.folder();
        folder = Folder.of(paths.folder(file), single ? name : "");
        defects.computeIfAbsent(folder.category(), c -> new HashSet<>()).add(folder.defect());
      }
      all.add(new Located(file, folder, paths.stem(file)));
    }
    Map<String, MaskIndex> masks = new HashMap<>();
    List<Located> images = withoutMasks(all, defects, masks);
    Placement.Builder placement = new Placement.Builder();
    paths.note().ifPresent(placement::note);
    if (whole) {
      tree.askAboutCategoriesBesideParts(base, placement);
    }
    BesideMasks beside = BesideMasks.find(images.stream().map(Located::file).toList());
    String expected = single ? base : PathNames.join(base, "CATEGORY");
    placement.ask(
        base.isEmpty() ? "data.root" : base,
        beside,
        PathNames.join(expected, "ground_truth/DEFECT/NAME_mask.png"));
    beside
        .images()
        .forEach(
            (mask, image) ->
                index(masks, Folder.of(paths.folder(image), single ? name : ""))
                    .addBeside(image, mask));
    Set<FileItem> others = beside.others();
    if (!others.isEmpty()) {
      images.removeIf(image -> others.contains(image.file()));
    }
    GoodMasks ofGood = new GoodMasks();
    Map<String, Integer> unplaced = new TreeMap<>();
    Map<String, Integer> calibration = new TreeMap<>();
    for (Located located : images) {
      Folder place = located.folder();
      if (place.split() == null) {
        boolean forThresholds = place.good() && PathNames.isCalibration(place.part());
        (forThresholds ? calibration : unplaced)
            .merge(place.category().isEmpty() ? "data.root" : place.category(), 1, Integer::sum);
        continue;
      }
      FileItem file = located.file();
      MaskIndex index = masks.get(place.category());
      ImageEntry image =
          ImageEntry.of(
              tree.root(),
              file,
              place.category(),
              place.split(),
              PathNames.defect(place.defect()),
              index == null || place.good() ? List.of() : index.take(file, located.masks()),
              ImageEntry.Annotations.ofCondition(paths.date(file)));
      placement.image(image);
      if (index != null && place.good()) {
        ofGood.add(image, index.passOver(file, located.masks()), OF_DEFECTS);
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
   * Returns the files that are no masks, in ground_truth or in a folder of masks among images.
   *
   * @param defects names of all folders that kinds of defect may be called after, by category
   * @param masks gets the masks
   */
  private static List<Located> withoutMasks(
      List<Located> files, Map<String, Set<String>> defects, Map<String, MaskIndex> masks) {
    List<Located> images = new ArrayList<>(files.size());
    Folder folder = null;
    Optional<String> of = Optional.empty();
    for (Located file : files) {
      if (!file.folder().equals(folder)) {
        folder = file.folder();
        of = folder.imagesOfMasks(defects.get(folder.category()));
      }
      if (of.isPresent()) {
        index(masks, folder).add(PathNames.join(of.get(), file.stem()), file.file());
      } else {
        images.add(file);
      }
    }
    return images;
  }

  private static MaskIndex index(Map<String, MaskIndex> masks, Folder folder) {
    return masks.computeIfAbsent(folder.category(), category -> new MaskIndex());
  }

  /**
   * A file and its place.
   *
   * @param stem its name without extension, told from the same of another date
   */
  private record Located(FileItem file, Folder folder, String stem) {
    /** Returns where masks of this image are found. */
    String masks() {
      return PathNames.join(folder.masks(), stem);
    }
  }

  /**
   * A folder of files.
   *
   * @param part the folder that images or masks lie in
   * @param path below that
   * @param good whether it is called as good images are
   * @param split of its images, null where the layout has no place for them
   * @param masks where masks of its images are found: of training images not those of test ones
   */
  private record Folder(
      String category, String part, String path, boolean good, Split split, String masks) {
    private static final String GROUND_TRUTH = "ground_truth";

    /**
     * Returns the folder of a path.
     *
     * @param single the category's name, or empty where the path begins with it
     */
    static Folder of(String path, String single) {
      String below = single.isEmpty() ? behindFirst(path) : path;
      String part = first(below);
      String rest = behindFirst(below);
      String defect = first(rest);
      boolean good = PathNames.isGood(defect);
      boolean train = part.equals(TRAIN) && good;
      boolean test = part.equals(TEST) && !defect.isEmpty();
      return new Folder(
          single.isEmpty() ? first(path) : single,
          part,
          rest,
          good,
          train ? Split.TRAIN : test ? Split.TEST : null,
          part.equals(TRAIN) ? PathNames.join(TRAIN, rest) : rest);
    }

    private static String first(String path) {
      int slash = path.indexOf('/');
      return slash < 0 ? path : path.substring(0, slash);
    }

    private static String behindFirst(String path) {
      int slash = path.indexOf('/');
      return slash < 0 ? "" : path.substring(slash + 1);
    }

    String defect() {
      return first(path);
    }

    /**
     * Returns where the images are whose masks lie in this folder: it is ground_truth, or one of
     * masks among images. Nothing for a folder of images.
     *
     * @param defects names of all folders that kinds of defect may be called after
     */
    Optional<String> imagesOfMasks(Set<String> defects) {
      if (part.equals(GROUND_TRUTH)) {
        return Optional.of(path);
      }
      if (!part.equals(TEST) && !part.equals(TRAIN)) {
        return Optional.empty();
      }
      return MaskWords.imageOf(defect())
          .filter(defects::contains)
          .map(defect -> defect + path.substring(defect().length()))
          // A name at the end, since a folder of masks has files in it.
          .or(() -> PathNames.withoutMasks(path + "/").map(MvtecLayout::withoutSlash))
          .map(images -> part.equals(TRAIN) ? PathNames.join(TRAIN, images) : images);
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
