package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * Folders of the user's own: the root holds a folder for each category, or is one category itself;
 * {@link CategoryFolders} says how categories may lie deeper. Folders that only lead to images,
 * such as {@code images/} and {@link DateFolders}, are passed through. {@link FolderCategory}
 * describes a category's folders.
 *
 * @param files reads the masks of good images
 */
record FolderLayout(DatasetFiles files) implements Layout {
  private static final String ANOMALOUS = "1";

  /** Folders that are called after labels. */
  private static final Set<String> LABELS = Set.of("0", ANOMALOUS);

  @Override
  public String expected() {
    return "expected CATEGORY/good/ with images, and a folder for each kind of defect";
  }

  /**
   * Returns whether folders beside each other are those of one category, of which one holds good
   * images, or training and test.
   */
  static boolean divideCategory(Collection<String> folders) {
    return folders.stream().anyMatch(PathNames::dividesCategory)
        || !PathNames.goodOnes(folders).isEmpty();
  }

  @Override
  public Placement place(FileTree tree) {
    // A folder of many images is looked at once.
    Map<String, String> folders = new HashMap<>();
    for (FileItem file : tree.files()) {
      folders.putIfAbsent(file.folder(), "");
    }
    DateFolders dates = DateFolders.in(folders.keySet());
    folders.replaceAll((folder, path) -> PathNames.passedThrough(dates.without(folder)));
    SharedParts shared = SharedParts.of(folders.values());
    shared.moveInto(folders);
    CategoryFolders deeper = CategoryFolders.moveUp(folders);
    Map<String, SortedSet<String>> top = SharedParts.inside(folders.values());
    Placement.Builder placement = new Placement.Builder();
    dates.note().ifPresent(placement::note);
    deeper.tell(tree.root(), placement);
    Set<String> strays = strays(top);
    boolean single =
        strays.isEmpty()
            && deeper.grouped().isEmpty()
            && (top.isEmpty()
                || divideCategory(top.keySet())
                || (folders.containsValue("")
                    && top.keySet().stream().allMatch(PathNames::mayBeMasks)));
    if (single) {
      noteKinds(tree.rootName(), top.keySet(), placement);
    }
    strays.forEach(
        folder ->
            placement.note(
                "%s/ lies beside categories and belongs to none: its images are left out"
                    .formatted(folder)));
    strays.addAll(shared.parts());
    place(tree, new Paths(folders, dates, deeper), single, strays, placement);
    return placement.build().settled();
  }

  /**
   * The paths by which files are understood, the category's name first.
   *
   * @param folders those of the folders that hold files, by the folders
   */
  private record Paths(Map<String, String> folders, DateFolders dates, CategoryFolders deeper) {
    String of(FileItem file) {
      return PathNames.join(folders.get(file.folder()), DateFolders.marked(file, date(file)));
    }

    String date(FileItem file) {
      return dates.of(file.folder());
    }
  }

  private void place(
      FileTree tree, Paths paths, boolean single, Set<String> strays, Placement.Builder placement) {
    Map<String, FolderCategory> categories = new TreeMap<>();
    int stray = 0;
    List<FileItem> masks = new ArrayList<>();
    for (FileItem file : tree.files()) {
      String path = paths.of(file);
      String category = tree.rootName();
      if (!single) {
        int slash = path.indexOf('/');
        category = slash < 0 ? "" : path.substring(0, slash);
        path = path.substring(slash + 1);
      }
      if (category.isEmpty()) {
        stray++;
      } else if (isOfMasks(category, single, strays)) {
        placement.leave(file, Omission.MASK_WITHOUT_IMAGE);
        masks.add(file);
      } else if (!strays.contains(category)) {
        String below = single ? "" : paths.deeper().folder(category);
        categories
            .computeIfAbsent(category, name -> new FolderCategory(name, below))
            .add(path, file, paths.date(file));
      }
    }
    if (stray > 0) {
      placement.note(
          stray
              + (paths.deeper().grouped().isEmpty()
                  ? " image(s) directly in data.root belong to no category and are left out"
                  : " image(s) beside the folders of categories belong to none and are left out"));
    }
    if (!masks.isEmpty()) {
      placement.note(
          "%d mask(s) in no category, such as %s, are left out: put masks into CATEGORY/masks/DEFECT"
              .formatted(masks.size(), masks.get(0).name()));
    }
    askAboutKinds(categories, placement);
    askAboutMasks(categories, placement);
    GoodMasks ofGood = new GoodMasks();
    for (FolderCategory category : categories.values()) {
      placement.all(category.place(tree.root(), ofGood));
    }
    ofGood.judge(files, placement);
  }

  /** Returns whether a folder beside categories holds masks. */
  private static boolean isOfMasks(String folder, boolean single, Set<String> strays) {
    return !single
        && (PathNames.isMasks(folder) || (strays.contains(folder) && PathNames.mayBeMasks(folder)));
  }

  /** Returns folders that would divide a category and lie beside whole categories. */
  private static Set<String> strays(Map<String, SortedSet<String>> top) {
    Set<String> dividing = new TreeSet<>();
    boolean categories = false;
    for (Map.Entry<String, SortedSet<String>> folder : top.entrySet()) {
      if (PathNames.dividesCategory(folder.getKey())) {
        dividing.add(folder.getKey());
      } else if (!PathNames.mayBeMasks(folder.getKey())) {
        categories |= divideCategory(folder.getValue());
      }
    }
    return categories ? dividing : new TreeSet<>();
  }

  private static void noteKinds(String root, Set<String> top, Placement.Builder placement) {
    Set<String> good = new TreeSet<>(PathNames.goodOnes(top));
    good.removeIf(PathNames::isGood);
    if (!good.isEmpty()) {
      List<String> kinds = new ArrayList<>(top);
      kinds.removeAll(good);
      placement.note(
          "%s: %s is taken for the good images of one category, %s for its kinds of defect"
              .formatted(root, String.join(", ", good), String.join(", ", kinds)));
    }
  }

  /** Asks where categories that have no folders in them are called as kinds of defect are. */
  private static void askAboutKinds(
      Map<String, FolderCategory> categories, Placement.Builder placement) {
    Map<String, FolderCategory> flat = new TreeMap<>(categories);
    flat.values().removeIf(category -> !category.isFlat());
    if (flat.size() > 1) {
      placement.note(
          "%s hold images and no folders, so each is a category of good images; if they are kinds of one category, call the folder of its good images good"
              .formatted(String.join(", ", flat.keySet())));
    }
    Set<String> defects = PathNames.defectWords(flat.keySet());
    if (flat.keySet().equals(LABELS)) {
      defects = Set.of(ANOMALOUS);
    }
    if (!defects.isEmpty()) {
      placement.ask(
          "%s look(s) like kind(s) of defect of one category, and no folder beside is called good"
              .formatted(String.join(", ", defects)),
          "call the folder of the good images good; if each folder is a category of its own, put"
              + " its images into CATEGORY/good",
          flat.values().stream().flatMap(category -> category.files().stream()).toList());
    }
  }

  /** Asks about folders beside categories that may hold masks of their images. */
  private static void askAboutMasks(
      Map<String, FolderCategory> categories, Placement.Builder placement) {
    categories.forEach(
        (name, category) -> {
          if (!PathNames.isPerhapsMasks(name) || !category.isFlat()) {
            return;
          }
          Set<String> others = new HashSet<>();
          categories.values().stream()
              .filter(other -> other != category)
              .forEach(other -> other.files().forEach(file -> others.add(file.stem())));
          long same =
              category.files().stream().filter(file -> others.contains(file.stem())).count();
          if (2 * same >= category.files().size()) {
            placement.askAboutMasks(
                "the folder %s may hold masks of images beside it, or be a category"
                    .formatted(name),
                "put masks into CATEGORY/masks/DEFECT; if it is a category, put its images into "
                    + name
                    + "/good",
                category.files());
          }
        });
  }
}
