package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairspark.files.MaskWords;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * One category of the user's own folders: {@code good/} (or {@code normal/}, {@code ok/}) and a
 * folder for each kind of defect, with or without {@code train/}, {@code validation/} (whose good
 * images set the thresholds) and {@code test/} above them, each nested as one likes. Masks lie in
 * {@code masks/} or {@code ground_truth/} in folders of the same names, in {@code DEFECT_mask/}, or
 * beside their image as {@code NAME_mask}. A folder with images and nothing else is all good.
 */
final class FolderCategory {
  private static final String TRAIN = "train";
  private static final String CALIBRATION = "calibration";
  private static final String TEST = "test";

  /** Beginning of the name of a kind of defect that would else be one of a folder of masks. */
  private static final String DEFECT_PREFIX = "defect_";

  private static final String EXPECTED_MASKS =
      "masks/DEFECT/IMAGE.png, or IMAGE_mask.png beside IMAGE.png";

  private final String name;
  private final String path;
  private final MaskIndex masks = new MaskIndex();
  private final List<Placed> files = new ArrayList<>();
  private final List<Placed> images = new ArrayList<>();
  private final Placement.Builder placement = new Placement.Builder();

  /**
   * An image's place.
   *
   * @param part which of the three folders it lies in, or empty
   * @param rest path below that, without extension
   * @param date that its folders are called after, or empty
   */
  private record Placed(String part, String rest, FileItem file, String date) {
    static Placed of(String path, FileItem file) {
      return of(path, file, "");
    }

    static Placed of(String path, FileItem file, String date) {
      String rest = PathNames.join(PathNames.folder(path), PathNames.stem(path));
      String first = first(rest);
      String part = part(first);
      return part.isEmpty()
          ? new Placed("", rest, file, date)
          : new Placed(part, rest.substring(first.length() + 1), file, date);
    }

    private static String part(String folder) {
      if (PathNames.isTrain(folder)) {
        return TRAIN;
      }
      return PathNames.isCalibration(folder) ? CALIBRATION : PathNames.isTest(folder) ? TEST : "";
    }

    /**
     * Returns the first folder, which is the kind of defect; empty for an image without a folder.
     */
    String folder() {
      return first(rest);
    }

    private static String first(String path) {
      int slash = path.indexOf('/');
      return slash < 0 ? "" : path.substring(0, slash);
    }

    ImageEntry.Annotations annotations() {
      return ImageEntry.Annotations.ofCondition(date);
    }

    /** Returns whether there are folders in the first one. */
    boolean isNested() {
      int slash = rest.indexOf('/');
      return slash >= 0 && rest.indexOf('/', slash + 1) >= 0;
    }

    /** Returns the path below the first folder. */
    String below() {
      return rest.substring(folder().length() + 1);
    }
  }

  /**
   * Makes an empty category.
   *
   * @param path of its folder below the root, empty for the root itself
   */
  FolderCategory(String name, String path) {
    this.name = name;
    this.path = path;
  }

  /**
   * Adds a file.
   *
   * @param path relative to the category, without folders that only lead to images
   * @param date that folders which it lies in are called after, or empty
   */
  void add(String path, FileItem file, String date) {
    files.add(Placed.of(path, file, date));
  }

  /** Returns whether there are images, and none in a folder that says what it shows. */
  boolean isFlat() {
    return !files.isEmpty()
        && files.stream().allMatch(file -> file.part().isEmpty() && file.folder().isEmpty());
  }

  /** Returns the files, those of masks included. */
  List<FileItem> files() {
    return files.stream().map(Placed::file).toList();
  }

  /**
   * Places the images; what names do not tell, masks from images or good images from others, is
   * among the questions.
   *
   * @param ofGood gets the masks of good images
   */
  Placement place(String root, GoodMasks ofGood) {
    boolean doubtful = divide();
    Set<String> folders =
        images.stream().map(Placed::folder).filter(f -> !f.isEmpty()).collect(Collectors.toSet());
    Set<String> good = PathNames.goodOnes(folders);
    boolean flat = images.stream().allMatch(i -> i.part().isEmpty() && i.folder().isEmpty());
    if (flat && !images.isEmpty() && (doubtful || !masks.isEmpty())) {
      askWhichAreGood(root);
      return placement.build();
    }
    if (flat) {
      askAboutNames();
    }
    Predicate<Placed> isGood =
        image ->
            image.folder().isEmpty()
                ? flat || image.part().equals(TRAIN) || image.part().equals(CALIBRATION)
                : good.contains(image.folder());
    boolean hasTrain = images.stream().anyMatch(i -> i.part().equals(TRAIN) && isGood.test(i));
    boolean hasGoodTest = images.stream().anyMatch(i -> i.part().equals(TEST) && isGood.test(i));
    List<String> free =
        images.stream()
            .filter(i -> i.part().isEmpty() && isGood.test(i))
            .map(i -> i.file().name())
            .toList();
    Set<String> training =
        hasTrain ? Set.of() : hasGoodTest ? Set.copyOf(free) : HashSplit.training(free);
    Map<String, Integer> stems = new HashMap<>();
    images.stream().filter(isGood.negate()).forEach(i -> count(stems, i));
    // Masks in folders of their own are those of test images where two images have one name.
    Set<String> tested =
        images.stream()
            .filter(image -> image.part().equals(TEST))
            .map(Placed::rest)
            .collect(Collectors.toSet());

    int stray = 0;
    int defectiveTraining = 0;
    for (Placed image : images) {
      if (isGood.test(image)) {
        Split split = split(image, training);
        ImageEntry entry =
            ImageEntry.of(
                root, image.file(), name, split, PathNames.GOOD, List.of(), image.annotations());
        placement.image(entry);
        ofGood.add(
            entry,
            image.part().equals(TRAIN) && tested.contains(image.rest())
                ? masks.passOverBeside(image.file())
                : masks.passOver(image.file(), image.rest()),
            at("DEFECT") + ", with their masks as NAME_mask.png beside them");
      } else if (image.folder().isEmpty()) {
        stray++;
        if (image.part().equals(TEST)) {
          placement.leave(image.file(), Omission.NO_LABEL);
        }
      } else {
        defectiveTraining += image.part().equals(TRAIN) ? 1 : 0;
        placement.image(
            ImageEntry.of(
                root,
                image.file(),
                name,
                Split.TEST,
                image.folder(),
                masks(image, stems),
                image.annotations()));
      }
    }
    masks.leaveOthers(name, EXPECTED_MASKS, placement);
    askAboutFoldersBelow(isGood);
    notes(flat, free, training, stray, defectiveTraining).forEach(placement::note);
    return placement.build();
  }

  /**
   * Asks about images without a folder that have masks, or files beside them that may be some. Each
   * image with a mask is placed as an anomalous one, so that the mask is known.
   */
  private void askWhichAreGood(String root) {
    String found =
        masks.isEmpty()
            ? "%s: if these are masks, some of its %d images show defects, and no folder says which"
            : "%s: there are masks, so that some of its %d images show defects, and no folder says"
                + " which";
    placement.ask(
        found.formatted(name, images.size()),
        "put its good images into %s, the others into %s".formatted(at("good"), at("DEFECT")),
        images.stream().map(Placed::file).toList());
    for (Placed image : images) {
      List<FileItem> own = masks.take(image.file(), image.rest());
      if (!own.isEmpty()) {
        placement.image(
            ImageEntry.of(
                root, image.file(), name, Split.TEST, PathNames.BAD, own, image.annotations()));
      }
    }
    masks.leaveOthers(name, EXPECTED_MASKS, placement);
  }

  /** Asks about images without a folder of which some are called as defects are: {@code ng_1}. */
  private void askAboutNames() {
    List<FileItem> defects =
        images.stream().map(Placed::file).filter(f -> PathNames.speaksOfDefect(f.stem())).toList();
    if (!defects.isEmpty() && defects.size() < images.size()) {
      placement.ask(
          "%s: %d of its %d images are called as defects are, such as %s, and no folder says what they show"
              .formatted(name, defects.size(), images.size(), defects.get(0).name()),
          "put its good images into %s, the others into %s".formatted(at("good"), at("DEFECT")),
          images.stream().map(Placed::file).toList());
    }
  }

  /**
   * Asks about images whose folders contradict each other: one called as good ones or a part of a
   * data set is, in a kind of defect; one called as defects are, among good images.
   */
  private void askAboutFoldersBelow(Predicate<Placed> isGood) {
    List<FileItem> inDefects = new ArrayList<>();
    List<FileItem> inGood = new ArrayList<>();
    for (Placed image : images) {
      if (!image.isNested()) {
        continue;
      }
      Stream<String> below = Stream.of(PathNames.folder(image.below()).split("/"));
      if (isGood.test(image)) {
        if (below.anyMatch(PathNames::isDefectWord)) {
          inGood.add(image.file());
        }
      } else if (below.anyMatch(PathNames::dividesCategory)) {
        inDefects.add(image.file());
      }
    }
    String places = "put its good images into %s, the others into %s, with nothing else above them";
    if (!inDefects.isEmpty()) {
      placement.ask(
          "%s: %d image(s) would be of a kind of defect, and a folder below it is called as good ones or parts of a data set are, such as that of %s"
              .formatted(name, inDefects.size(), inDefects.get(0).name()),
          places.formatted(at("good"), at("DEFECT")),
          inDefects);
    }
    if (!inGood.isEmpty()) {
      placement.ask(
          "%s: %d image(s) would be good ones, and a folder below is called as defects are, such as that of %s"
              .formatted(name, inGood.size(), inGood.get(0).name()),
          places.formatted(at("good"), at("DEFECT")),
          inGood);
    }
  }

  /** Returns a path in this category, relative to the root. */
  private String at(String below) {
    return PathNames.join(path, below);
  }

  /** Returns the split of a good image. */
  private static Split split(Placed image, Set<String> training) {
    if (image.part().equals(CALIBRATION)) {
      return Split.CALIBRATION;
    }
    return image.part().equals(TRAIN) || training.contains(image.file().name())
        ? Split.TRAIN
        : Split.TEST;
  }

  /**
   * Divides the files into masks and images.
   *
   * @return whether files that may be masks are among the questions
   */
  private boolean divide() {
    Set<String> folders = files.stream().map(Placed::folder).collect(Collectors.toSet());
    Set<String> doubtful = new HashSet<>();
    Map<String, String> maskFolders = maskFolders(folders, doubtful);
    for (Placed file : files) {
      String place = maskFolders.get(file.folder());
      if (doubtful.contains(file.folder())) {
        continue;
      }
      if (place == null) {
        Optional<String> image =
            file.isNested() ? PathNames.withoutMasks(file.rest()) : Optional.empty();
        image.ifPresentOrElse(of -> masks.add(of, file.file()), () -> images.add(file));
      } else if (place.isEmpty()) {
        // masks/test/scratch/1 and test/masks/scratch/1 both speak of scratch/1.
        masks.add(Placed.of(file.below(), file.file()).rest(), file.file());
      } else {
        masks.add(PathNames.join(place, file.below()), file.file());
      }
    }
    BesideMasks beside =
        BesideMasks.find(images.stream().map(Placed::file).collect(Collectors.toList()));
    placement.ask(name, beside, at("masks/DEFECT/NAME.png"));
    beside.images().forEach((mask, image) -> masks.addBeside(image, mask));
    Set<FileItem> others = beside.others();
    if (!others.isEmpty()) {
      images.removeIf(image -> others.contains(image.file()));
    }
    return !doubtful.isEmpty() || !beside.questions().isEmpty();
  }

  /**
   * Returns the folders of masks: each with the folder of images that it belongs to, or with
   * nothing where its own folders run parallel to those of images.
   *
   * @param doubtful gets the folders that are asked about
   */
  private Map<String, String> maskFolders(Set<String> folders, Set<String> doubtful) {
    Map<String, String> found = new HashMap<>();
    for (String folder : folders) {
      Optional<String> image = MaskWords.imageOf(folder);
      if (PathNames.isMasks(folder)) {
        found.put(folder, "");
      } else if (image.filter(folders::contains).isPresent() && !folder.startsWith(DEFECT_PREFIX)) {
        found.put(folder, image.get());
      } else if (PathNames.isPerhapsMasks(folder) && runsParallel(folder, folders)) {
        found.put(folder, "");
      } else if (mayHoldMasks(folder, image.isPresent(), folders) && matchesOthers(folder)) {
        doubtful.add(folder);
        placement.askAboutMasks(
            "%s: the folder %s may hold masks or be a kind of defect".formatted(name, folder),
            "call it masks, with the folders of the kinds of defect in it; or, if it is a kind of"
                + " defect, call it by another name, such as "
                + DEFECT_PREFIX
                + folder.replaceAll("[-_ ]", ""),
            files.stream().filter(file -> file.folder().equals(folder)).map(Placed::file).toList());
      }
    }
    return found;
  }

  /** Returns whether a folder's name says that it holds masks, or may be meant to say so. */
  private static boolean mayHoldMasks(String folder, boolean named, Set<String> folders) {
    // defect_labels was called so to say that it is a kind of defect.
    if (folder.startsWith(DEFECT_PREFIX)) {
      return false;
    }
    return named
        || PathNames.isPerhapsMasks(folder)
        || MaskWords.perhapsFolderOf(folder).stream().anyMatch(folders::contains);
  }

  /** Returns whether a folder has the same folders in it as lie beside it. */
  private boolean runsParallel(String folder, Set<String> folders) {
    return files.stream()
        .filter(file -> file.folder().equals(folder))
        .allMatch(file -> folders.contains(Placed.of(file.below(), file.file()).folder()));
  }

  /** Returns whether at least half of a folder's files have the name of an image elsewhere. */
  private boolean matchesOthers(String folder) {
    Set<String> others =
        files.stream()
            .filter(file -> !file.folder().equals(folder))
            .map(file -> PathNames.last(file.rest()))
            .collect(Collectors.toSet());
    List<Placed> own = files.stream().filter(file -> file.folder().equals(folder)).toList();
    return 2 * own.stream().filter(f -> others.contains(PathNames.last(f.rest()))).count()
        >= own.size();
  }

  private static void count(Map<String, Integer> stems, Placed image) {
    stems.merge(PathNames.last(image.rest()), 1, Integer::sum);
  }

  /**
   * Returns the masks at the same place; else those of that name in no folder, if only one image
   * has the name.
   */
  private List<FileItem> masks(Placed image, Map<String, Integer> stems) {
    List<FileItem> found = masks.take(image.file(), image.rest());
    String stem = PathNames.last(image.rest());
    return found.isEmpty() && stems.get(stem) == 1 ? masks.take(image.file(), stem) : found;
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
