package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.config.Suggestion;
import org.fairspark.dataset.manifest.ManifestReader;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;
import org.fairspark.files.TreeRoot;

/**
 * A lister of a data set: from a root and a layout to images with category, split, kind of defect
 * and mask. Images are listed, never opened.
 */
public final class DatasetReader {
  private static final Comparator<ImageEntry> ORDER =
      Comparator.comparing(ImageEntry::category)
          .thenComparing(ImageEntry::split)
          .thenComparing(ImageEntry::imageId);

  /** Ends advice about folders: a table says what they cannot. */
  public static final String TABLE =
      "; or say it in a table: ./submit.sh manifest writes one to edit, and data.layout = manifest"
          + " reads it";

  /** The layouts whose categories are the folders directly below the root. */
  private static final Set<DataLayout> CATEGORIES_ARE_FOLDERS =
      EnumSet.of(
          DataLayout.MVTEC,
          DataLayout.VISA,
          DataLayout.FOLDER,
          DataLayout.MVTEC_LOCO,
          DataLayout.MVTEC_AD2,
          DataLayout.BTAD,
          DataLayout.MPDD,
          DataLayout.DAGM,
          DataLayout.AUTOVI,
          DataLayout.THREE_CAD);

  private final Configuration hadoop;
  private final Optional<Supplier<JavaSparkContext>> spark;
  private final TreeLister lister;

  /** Makes a reader that lists folders on the driver alone. */
  public DatasetReader(Configuration hadoop) {
    this.hadoop = hadoop;
    this.spark = Optional.empty();
    this.lister = new TreeLister(hadoop, Optional.empty());
  }

  /**
   * Makes a reader that spreads the listing of many folders over the executors.
   *
   * @param spark asked for where there are many
   */
  public DatasetReader(Configuration hadoop, Supplier<JavaSparkContext> spark) {
    this.hadoop = hadoop;
    this.spark = Optional.of(spark);
    this.lister = new TreeLister(hadoop, Optional.of(spark));
  }

  /**
   * Lists the images.
   *
   * @throws FairException if there is no such root, no image, or not every category asked for, or
   *     if the file system fails
   */
  public ImageListing list(DataConfig data) {
    Set<String> chosen = new HashSet<>(data.categories());
    FileTree tree = tree(data);
    String root = tree.root();
    Optional<AutoLayout.Choice> choice = choice(data, tree);
    DataLayout layout = choice.map(AutoLayout.Choice::layout).orElse(data.layout());
    Placement placement;
    try {
      placement = Layout.of(layout, source(data, root)).place(tree);
    } catch (LayoutQuestion question) {
      throw refusal(question, data, layout, tree);
    }
    List<ImageEntry> entries =
        placement.entries().stream()
            .filter(e -> chosen.isEmpty() || chosen.contains(e.category()))
            .sorted(ORDER)
            .toList();
    if (!chosen.isEmpty()) {
      requireCategories(data, tree, placement, entries);
    }
    if (entries.isEmpty()) {
      throw noImages(data, tree, placement);
    }
    requireNames(root, entries);
    TrainingSubset taken = TrainingSubset.of(entries, data.maxTrainingImages());
    List<String> notes = notes(placement, chosen);
    if (CATEGORIES_ARE_FOLDERS.contains(layout)) {
      noteEmpty(tree, placement, chosen, notes);
    }
    notes.addAll(taken.notes());
    choice.ifPresent(
        c -> notes.add(0, "taken as data.layout = %s: %s".formatted(c.layout(), c.why())));
    return new ImageListing(
        root,
        layout,
        taken.entries(),
        FileAccount.of(tree, placement, taken.entries(), taken.left()),
        notes,
        ImageListing.Whole.of(entries, taken, data.maxTrainingImages()),
        seenWithoutTraining(tree, placement, entries));
  }

  /**
   * Lists all images of a tree that is not understood, for a table to be filled in: what they show
   * and what they are for is guessed by the names of their folders, or left open.
   *
   * @throws FairException if there is no such root, no image, or not every category asked for
   */
  public DraftTable draft(DataConfig data) {
    FileTree tree = tree(data);
    DatasetFiles files = source(data, tree.root()).files();
    Placement placement;
    try {
      placement = new FolderLayout(files).place(tree);
    } catch (LayoutQuestion question) {
      placement = question.placement();
    }
    DraftTable draft = DraftTable.of(tree, placement, new HashSet<>(data.categories()), files);
    if (draft.images() == 0) {
      if (!data.categories().isEmpty()) {
        requireCategories(data, tree, placement, List.of());
      }
      throw noImages(data, tree, placement);
    }
    return draft;
  }

  private FileTree tree(DataConfig data) {
    String root = TreeRoot.resolve(hadoop, "data.root", data.root());
    return lister.list(
        root,
        CATEGORIES_ARE_FOLDERS.contains(data.layout())
            ? listed(root, data.layout(), new HashSet<>(data.categories()))
            : folder -> true);
  }

  private Optional<AutoLayout.Choice> choice(DataConfig data, FileTree tree) {
    if (data.layout() != DataLayout.AUTO) {
      return Optional.empty();
    }
    try {
      return Optional.of(AutoLayout.recognise(tree, source(data, tree.root())));
    } catch (LayoutQuestion question) {
      throw refusal(question, data, DataLayout.AUTO, tree);
    }
  }

  /** Makes sure that a folder of tables and models can be named after every category. */
  private static void requireNames(String root, List<ImageEntry> entries) {
    entries.stream()
        .map(ImageEntry::category)
        .filter(category -> category.indexOf(':') >= 0 || category.indexOf('\\') >= 0)
        .findFirst()
        .ifPresent(
            category -> {
              throw FairException.refused(
                  "the category '%s' holds a %s, which the names of Hadoop's files cannot"
                      .formatted(category, category.indexOf(':') >= 0 ? "colon" : "backslash"),
                  root,
                  "call its folder by another name, or leave it out by data.categories");
            });
  }

  private FairException refusal(
      LayoutQuestion question, DataConfig data, DataLayout layout, FileTree tree) {
    String like =
        AutoLayout.special(tree, source(data, tree.root()))
            .filter(special -> special != layout)
            .map(
                "if this is the data set that the folders look like, data.layout = %s; else "
                    ::formatted)
            .orElse("");
    return FairException.refused(
        question.getMessage() + drawn(seen(tree, question.placement())),
        tree.root(),
        layout == DataLayout.MANIFEST ? question.remedy() : like + question.remedy() + TABLE,
        question);
  }

  private static String drawn(List<String> lines) {
    return String.join("", lines.stream().map(line -> "\n" + line).toList());
  }

  /** Returns all files below the root: a sketch of those that may be images, and the others. */
  private static List<String> seen(FileTree tree, Placement placement) {
    Omissions left = tree.left();
    List<String> lines = new ArrayList<>();
    lines.add(
        "files    %d: %d have the names of images, %s"
            .formatted(tree.files().size() + left.files(), tree.files().size(), left.sum()));
    lines.addAll(TreeSketch.lines(tree, placement));
    lines.addAll(left.lines());
    return lines;
  }

  /** Returns the files as they were taken, where a category has no image to train on. */
  private static List<String> seenWithoutTraining(
      FileTree tree, Placement placement, List<ImageEntry> entries) {
    Set<String> untrained = new HashSet<>();
    entries.forEach(e -> untrained.add(e.category()));
    entries.stream()
        .filter(e -> e.split() == Split.TRAIN)
        .forEach(e -> untrained.remove(e.category()));
    return untrained.isEmpty() ? List.of() : seen(tree, placement);
  }

  /** Leaves whole categories unlisted where only some are asked for. */
  private Predicate<String> listed(String root, DataLayout layout, Set<String> chosen) {
    if (chosen.isEmpty()) {
      return folder -> true;
    }
    SortedSet<String> top = lister.shallow(root).foldersIn("");
    boolean deeper = layout == DataLayout.FOLDER && !top.containsAll(chosen);
    if (deeper
        || FolderLayout.divideCategory(top)
        || top.stream().anyMatch(DatasetReader::mayHoldCategories)
        || !DateFolders.in(top).isNone()) {
      return folder -> true;
    }
    return folder -> {
      String[] parts = folder.split("/", 3);
      String category =
          parts[0].equals(VisaLayout.REORGANISED) && parts.length > 1 ? parts[1] : parts[0];
      return category.equals(VisaLayout.REORGANISED) || chosen.contains(category);
    };
  }

  /** Returns whether a folder beside categories may hold files of them, as masks of all do. */
  private static boolean mayHoldCategories(String folder) {
    return PathNames.isPassedThrough(folder) || PathNames.mayBeMasks(folder);
  }

  private Layout.Source source(DataConfig data, String root) {
    return new Layout.Source(
        new HadoopDatasetFiles(root, hadoop, spark),
        () -> new ManifestReader(hadoop).read(data.manifest().orElseThrow()));
  }

  private void requireCategories(
      DataConfig data, FileTree tree, Placement placement, List<ImageEntry> entries) {
    Set<String> present = new HashSet<>();
    entries.forEach(e -> present.add(e.category()));
    SortedSet<String> candidates = new TreeSet<>(tree.foldersIn(""));
    candidates.addAll(tree.foldersIn(VisaLayout.REORGANISED));
    placement.entries().forEach(e -> candidates.add(e.category()));
    candidates.removeAll(Set.of(VisaLayout.REORGANISED, "split_csv"));
    for (String category : data.categories()) {
      if (present.contains(category)) {
        continue;
      }
      if (candidates.contains(category)) {
        throw FairException.refused(
            "category %s has no images that data.layout = %s places".formatted(category, name(data))
                + drawn(seen(tree, placement)),
            tree.root() + "/" + category,
            advice(data, tree));
      }
      throw FairException.refused(
          "data.categories names '%s', which is not there".formatted(category) + links(tree),
          tree.root(),
          Suggestion.nearest(category, candidates)
              .map(near -> "did you mean " + near + "?")
              .orElse("there are: " + some(candidates)));
    }
  }

  private FairException noImages(DataConfig data, FileTree tree, Placement placement) {
    String seen =
        tree.files().isEmpty()
            ? "no images in data.root, but %d other files".formatted(tree.left().files())
                + drawn(tree.left().lines())
            : "none of the %d images in data.root is where data.layout = %s expects it"
                    .formatted(tree.files().size(), name(data))
                + drawn(seen(tree, placement));
    return FairException.refused(seen, tree.root(), advice(data, tree) + TABLE);
  }

  /** Returns a line on links that are not followed: a category may be one of them. */
  private static String links(FileTree tree) {
    SortedMap<Omission, Omissions.Group> links = new TreeMap<>(tree.left().groups());
    links.keySet().retainAll(EnumSet.of(Omission.LINK_OUTSIDE, Omission.DEAD_LINK));
    return drawn(new Omissions(links).lines());
  }

  /** Returns the layout that would find images, or the folders that the given one expects. */
  private String advice(DataConfig data, FileTree tree) {
    for (DataLayout other : DataLayout.values()) {
      if (other != data.layout()
          && other != DataLayout.MANIFEST
          && other != DataLayout.AUTO
          && wouldTrain(Layout.of(other, source(data, tree.root())), tree)) {
        return "the folders look like data.layout = " + other;
      }
    }
    return data.layout() == DataLayout.AUTO
        ? "give data.layout, or tell the images in a table: data.layout = manifest"
        : Layout.of(data.layout(), source(data, tree.root())).expected();
  }

  /** Returns whether a layout finds images to train on. */
  private static boolean wouldTrain(Layout layout, FileTree tree) {
    try {
      return layout.fits(tree)
          && layout.place(tree).entries().stream().anyMatch(e -> e.split() == Split.TRAIN);
    } catch (FairException | LayoutQuestion e) {
      return false;
    }
  }

  /** Notes folders that may be meant for categories and hold no image. */
  private static void noteEmpty(
      FileTree tree, Placement placement, Set<String> chosen, List<String> notes) {
    SortedSet<String> empty = tree.foldersIn("");
    placement.tables().forEach(table -> empty.remove(table.split("/", 2)[0]));
    String folder = "/";
    for (FileItem file : tree.files()) {
      // Files of one folder follow each other.
      if (!file.name().startsWith(folder)) {
        int slash = file.name().indexOf('/');
        folder = slash < 0 ? "/" : file.name().substring(0, slash + 1);
        empty.remove(folder.substring(0, folder.length() - 1));
      }
    }
    if (!chosen.isEmpty()) {
      empty.retainAll(chosen);
    }
    if (!empty.isEmpty()) {
      notes.add("no images in these folders: " + some(empty));
    }
  }

  /** Returns the notes, less those on categories that are not asked for. */
  private static List<String> notes(Placement placement, Set<String> chosen) {
    Set<String> others = new HashSet<>();
    placement.entries().forEach(e -> others.add(e.category()));
    others.removeAll(chosen);
    List<String> notes = new ArrayList<>();
    for (String note : placement.notes()) {
      int colon = note.indexOf(": ");
      if (chosen.isEmpty() || colon < 0 || !others.contains(note.substring(0, colon))) {
        notes.add(note);
      }
    }
    return notes;
  }

  private static String some(SortedSet<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    String first = String.join(", ", names.stream().limit(20).toList());
    return names.size() > 20 ? first + " and " + (names.size() - 20) + " more" : first;
  }

  private static String name(DataConfig data) {
    return data.layout().toString();
  }
}
