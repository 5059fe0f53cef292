package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * Data sets that are laid out much as MVTec AD: {@code CATEGORY/PART/DEFECT/NAME}, where the part
 * {@code validation} holds calibration images, and masks lie in {@code ground_truth/DEFECT} as
 * {@code NAME_mask}, as {@code NAME}, or as several files in a folder {@code NAME}.
 *
 * @param kind whose special rules hold
 * @param files reads {@code defects_config.json}
 */
record BenchmarkLayout(Kind kind, DatasetFiles files) implements Layout {
  private static final String GROUND_TRUTH = "ground_truth";
  private static final String DEFECTS = "defects_config.json";
  private static final String TEST = "test";
  private static final String PUBLIC = "test_public";
  private static final String OF_DEFECTS =
      "the folder of their kind of defect, and their masks into that of ground_truth";

  /** The column that keeps what a category's {@code defects_config.json} says of mask values. */
  static final String MASK_VALUES = "mask_values";

  /** The data sets, each with the folders that tell it. */
  enum Kind {
    LOCO("CATEGORY/train/good, CATEGORY/validation/good, CATEGORY/test/logical_anomalies"),
    AD2("CATEGORY/train/good, CATEGORY/validation/good, CATEGORY/test_public/bad"),
    BTAD("CATEGORY/train/ok, CATEGORY/test/ok, CATEGORY/test/ko"),
    MPDD("CATEGORY/train/good, CATEGORY/test/DEFECT, CATEGORY/ground_truth/DEFECT"),
    AUTOVI("CATEGORY/train/good, CATEGORY/test/DEFECT, CATEGORY/ground_truth/DEFECT/IMAGE"),
    THREE_CAD("CATEGORY/train/good, CATEGORY/test/DEFECT, CATEGORY/ground_truth/DEFECT");

    private final String folders;

    Kind(String folders) {
      this.folders = folders;
    }
  }

  @Override
  public String expected() {
    return "expected " + kind.folders;
  }

  @Override
  public boolean fits(FileTree tree) {
    return tree.categories().stream().anyMatch(category -> fits(tree, category));
  }

  private boolean fits(FileTree tree, String category) {
    return switch (kind) {
      case LOCO ->
          tree.hasFolder(PathNames.join(category, "test/logical_anomalies"))
              || tree.hasFolder(PathNames.join(category, "test/structural_anomalies"));
      case AD2 -> tree.hasFolder(PathNames.join(category, PUBLIC));
      case BTAD ->
          tree.hasFolder(PathNames.join(category, "train/ok"))
              && tree.hasFolder(PathNames.join(category, "test/ko"));
      case AUTOVI -> {
        String masks = PathNames.join(category, GROUND_TRUTH);
        yield tree.foldersIn(masks).stream()
            .anyMatch(defect -> !tree.foldersIn(masks + "/" + defect).isEmpty());
      }
      // Nothing but the names of their categories tells these from MVTec AD.
      case MPDD, THREE_CAD -> false;
    };
  }

  /**
   * A file's place.
   *
   * @param part the folder below the category
   * @param rest path below that, without extension
   */
  private record Place(String category, String part, String rest) {
    static Place of(CategoryPaths.Place place) {
      String path = place.path();
      int slash = path.indexOf('/');
      String part = slash < 0 ? "" : path.substring(0, slash);
      String below = path.substring(slash + 1);
      return new Place(
          place.category(), part, PathNames.join(PathNames.folder(below), PathNames.stem(below)));
    }

    /** Returns the place of the image whose mask a file is; null for a file that is none. */
    String mask() {
      if (part.equals(GROUND_TRUTH)) {
        return rest;
      }
      return part.equals(TEST) || part.equals(PUBLIC)
          ? PathNames.withoutMasks(rest).orElse(null)
          : null;
    }

    Split split() {
      return switch (part) {
        case "train" -> Split.TRAIN;
        case "validation" -> Split.CALIBRATION;
        case TEST, PUBLIC -> Split.TEST;
        default -> null;
      };
    }

    String defect() {
      int slash = rest.indexOf('/');
      return slash < 0 ? "" : PathNames.defect(rest.substring(0, slash));
    }

    boolean isPrivate() {
      return part.equals("test_private") || part.equals("test_private_mixed");
    }
  }

  @Override
  public Placement place(FileTree tree) {
    Placement.Builder placement = new Placement.Builder();
    CategoryPaths paths = new CategoryPaths(tree);
    Map<String, MaskIndex> masks = new TreeMap<>();
    List<FileItem> images = new ArrayList<>();
    for (FileItem file : tree.files()) {
      Place place = Place.of(paths.of(file));
      String mask = place.mask();
      if (mask == null) {
        images.add(file);
      } else {
        masks.computeIfAbsent(place.category(), c -> new MaskIndex()).add(mask, file);
      }
    }
    if (tree.isOneCategory()) {
      tree.askAboutCategoriesBesideParts("", placement);
    }
    BesideMasks beside = BesideMasks.find(images);
    placement.ask("data.root", beside, "ground_truth/DEFECT of their category");
    beside
        .images()
        .forEach(
            (mask, image) -> {
              Place place = Place.of(paths.of(image));
              masks.computeIfAbsent(place.category(), c -> new MaskIndex()).addBeside(image, mask);
            });
    Set<FileItem> others = beside.others();
    if (!others.isEmpty()) {
      images.removeIf(others::contains);
    }
    GoodMasks ofGood = new GoodMasks();
    Map<String, String> values = new HashMap<>();
    int unlabelled = 0;
    for (FileItem file : images) {
      Place place = Place.of(paths.of(file));
      Split split = place.split();
      String defect = place.defect();
      boolean good = defect.equals(PathNames.GOOD);
      if (kind == Kind.AD2 && place.isPrivate()) {
        unlabelled++;
        placement.leave(file, Omission.NO_LABEL);
      } else if (split != null && (good || (split == Split.TEST && !defect.isEmpty()))) {
        MaskIndex index = masks.get(place.category());
        String config =
            values.computeIfAbsent(
                place.category(), category -> maskValues(paths, category, placement));
        ImageEntry image =
            ImageEntry.of(
                tree.root(),
                file,
                place.category(),
                split,
                defect,
                index == null || good ? List.of() : index.take(file, place.rest()),
                annotations(place, good ? "" : config));
        placement.image(image);
        if (index != null && good) {
          ofGood.add(image, file, index, place.rest(), OF_DEFECTS);
        }
      }
    }
    masks.forEach(
        (category, index) ->
            index.leaveOthers(
                category, "the name of its image below ground_truth/DEFECT", placement));
    ofGood.judge(files, placement);
    if (unlabelled > 0) {
      placement.note(
          "%d image(s) of test_private and test_private_mixed have no public labels and are left"
                  .formatted(unlabelled)
              + " out; score scores them");
    }
    return placement.build().settled();
  }

  /** Keeps the lighting that the names of MVTec AD 2 end with, and what mask values mean. */
  private Annotations annotations(Place place, String maskValues) {
    String name = PathNames.last(place.rest());
    int divider = name.indexOf('_');
    String condition = kind == Kind.AD2 && divider > 0 ? name.substring(divider + 1) : "";
    if (condition.isEmpty() && maskValues.isEmpty()) {
      return Annotations.NONE;
    }
    SortedMap<String, String> others = new TreeMap<>();
    if (!maskValues.isEmpty()) {
      others.put(MASK_VALUES, maskValues);
    }
    return new Annotations("", "", condition, others);
  }

  /** Returns what a category's file says of the values of its masks; empty if there is no file. */
  private String maskValues(CategoryPaths paths, String category, Placement.Builder placement) {
    String name = PathNames.join(paths.folder(category), DEFECTS);
    try {
      String text = files.text(name);
      placement.table(name);
      return text.strip().replaceAll("\\s*\\n\\s*", "");
    } catch (FileNotFoundException e) {
      return "";
    } catch (IOException e) {
      throw FairException.refused(
          "what the values of masks mean cannot be read: " + e.getMessage(),
          name,
          "check that this user may read the file",
          e);
    }
  }
}
