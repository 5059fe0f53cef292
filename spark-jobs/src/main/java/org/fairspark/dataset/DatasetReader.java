package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.config.Suggestion;
import org.fairspark.failure.FairException;
import org.fairspark.files.PathNames;
import org.fairspark.files.TreeRoot;

/**
 * Lists a data set: from a root and a layout to images with category, split, kind of defect and
 * mask. Files are listed, never opened, but for VisA's table.
 */
public final class DatasetReader {
  private static final Comparator<ImageEntry> ORDER =
      Comparator.comparing(ImageEntry::category)
          .thenComparing(ImageEntry::split)
          .thenComparing(ImageEntry::imageId);

  private final Configuration hadoop;
  private final TreeLister lister;

  /** A reader that lists folders on the driver alone. */
  public DatasetReader(Configuration hadoop) {
    this.hadoop = hadoop;
    this.lister = new TreeLister(hadoop, Optional.empty());
  }

  /** A reader that spreads the listing of many folders over the executors. */
  public DatasetReader(JavaSparkContext spark) {
    this.hadoop = spark.hadoopConfiguration();
    this.lister = new TreeLister(hadoop, Optional.of(spark));
  }

  /**
   * Lists the images.
   *
   * @throws FairException if there is no such root, no image, or not every category asked for, or
   *     if the file system fails
   */
  public ImageListing list(DataConfig data) {
    String root = TreeRoot.resolve(hadoop, "data.root", data.root());
    Set<String> chosen = new HashSet<>(data.categories());
    FileTree tree = lister.list(root, wanted(root, chosen));
    Layout.Placement placement = layout(data.layout(), tree, true).place(tree);
    List<ImageEntry> entries =
        placement.entries().stream()
            .filter(e -> chosen.isEmpty() || chosen.contains(e.category()))
            .sorted(ORDER)
            .toList();
    if (!chosen.isEmpty()) {
      requireCategories(data, tree, entries);
    }
    if (entries.isEmpty()) {
      throw noImages(data, tree);
    }
    return new ImageListing(root, entries, tree.ignored(), notes(tree, placement, chosen));
  }

  /** Leaves whole categories unlisted where only some are asked for. */
  private Predicate<String> wanted(String root, Set<String> chosen) {
    if (chosen.isEmpty()) {
      return folder -> true;
    }
    SortedSet<String> top = lister.shallow(root).foldersIn("");
    if (top.stream().anyMatch(PathNames::dividesCategory)) {
      return folder -> true;
    }
    return folder -> {
      String[] parts = folder.split("/", 3);
      String category = parts[0].equals("1cls") && parts.length > 1 ? parts[1] : parts[0];
      return category.equals("1cls") || chosen.contains(category);
    };
  }

  private Layout layout(DataLayout layout, FileTree tree, boolean strict) {
    return switch (layout) {
      case MVTEC -> new MvtecLayout("");
      case FOLDER -> new FolderLayout();
      case VISA -> {
        if (VisaLayout.fits(tree)) {
          yield new VisaLayout(strict ? visaSplit(tree.root()) : List.of());
        }
        yield new MvtecLayout(MvtecLayout.fits(tree, "1cls") ? "1cls" : "");
      }
    };
  }

  private List<VisaSplit.Row> visaSplit(String root) {
    String file = root + "/" + VisaSplit.FILE;
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return VisaSplit.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (FileNotFoundException e) {
      throw FairException.refused(
          "VisA's table of training and test images is missing",
          file,
          "copy split_csv/ from the data set's archive, or use data.layout = folder",
          e);
    } catch (IOException e) {
      throw FairException.refused(
          "VisA's table of images cannot be read: " + e.getMessage(),
          file,
          "check that this user may read the file",
          e);
    }
  }

  private void requireCategories(DataConfig data, FileTree tree, List<ImageEntry> entries) {
    Set<String> found = new HashSet<>();
    entries.forEach(e -> found.add(e.category()));
    SortedSet<String> candidates = new TreeSet<>(tree.foldersIn(""));
    candidates.addAll(tree.foldersIn("1cls"));
    candidates.removeAll(Set.of("1cls", "split_csv"));
    for (String category : data.categories()) {
      if (found.contains(category)) {
        continue;
      }
      if (candidates.contains(category)) {
        throw FairException.refused(
            "category " + category + " has no images that data.layout = " + name(data) + " places",
            tree.root() + "/" + category,
            otherLayout(data, tree).orElse(expected(data.layout())));
      }
      throw FairException.refused(
          "data.categories names '" + category + "', which is not there",
          tree.root(),
          Suggestion.nearest(category, candidates)
              .map(near -> "did you mean " + near + "?")
              .orElse("there are: " + some(candidates)));
    }
  }

  private FairException noImages(DataConfig data, FileTree tree) {
    Ignored ignored = tree.ignored();
    String seen =
        tree.files().isEmpty()
            ? "no images in data.root (%d other files, %d hidden, %d links that lead outside)"
                .formatted(ignored.notImages(), ignored.hidden(), ignored.outside())
            : "none of the %d images in data.root is where data.layout = %s expects it"
                .formatted(tree.files().size(), name(data));
    return FairException.refused(
        seen, tree.root(), otherLayout(data, tree).orElse(expected(data.layout())));
  }

  /** Advice, where another layout than the given one would find images. */
  private Optional<String> otherLayout(DataConfig data, FileTree tree) {
    for (DataLayout other : DataLayout.values()) {
      boolean fits =
          other == DataLayout.VISA
              ? VisaLayout.fits(tree)
              : !layout(other, tree, false).place(tree).entries().isEmpty();
      if (other != data.layout() && fits) {
        return Optional.of(
            "the folders look like data.layout = " + other.name().toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  private static String expected(DataLayout layout) {
    return switch (layout) {
      case MVTEC -> "expected CATEGORY/train/good/*.png and CATEGORY/test/DEFECT/*.png";
      case VISA -> "expected CATEGORY/Data/Images/Normal/*.JPG and " + VisaSplit.FILE;
      case FOLDER -> "expected CATEGORY/good/ with images, and a folder for each kind of defect";
    };
  }

  private static List<String> notes(FileTree tree, Layout.Placement placement, Set<String> chosen) {
    List<String> notes = new ArrayList<>();
    for (String note : placement.notes()) {
      int colon = note.indexOf(": ");
      if (chosen.isEmpty() || colon < 0 || chosen.contains(note.substring(0, colon))) {
        notes.add(note);
      }
    }
    if (tree.ignored().outside() > 0) {
      notes.add(
          tree.ignored().outside() + " symbolic link(s) lead out of data.root and are left out");
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
    return data.layout().name().toLowerCase(Locale.ROOT);
  }
}
