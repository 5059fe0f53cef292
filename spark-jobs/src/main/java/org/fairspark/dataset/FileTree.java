package org.fairspark.dataset;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;

/**
 * All image files below a root, in the order of their names whatever order the file system listed
 * them in.
 *
 * @param root the data root as an absolute URI, without a slash at the end
 * @param files image files
 * @param folders all folders seen, also those that were not listed
 * @param left files that cannot be used, whatever the layout
 */
record FileTree(String root, List<FileItem> files, SortedSet<String> folders, Omissions left) {

  FileTree {
    files = files.stream().sorted(Comparator.comparing(FileItem::name)).toList();
  }

  /** Returns the last part of the root's path. */
  String rootName() {
    return PathNames.last(root);
  }

  /** Returns the names of the folders directly in a folder; empty names the root. */
  SortedSet<String> foldersIn(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    SortedSet<String> names = new TreeSet<>();
    for (String path : folders.subSet(prefix, prefix + Character.MAX_VALUE)) {
      String rest = path.substring(prefix.length());
      if (!rest.isEmpty() && rest.indexOf('/') < 0) {
        names.add(rest);
      }
    }
    return names;
  }

  boolean hasFolder(String folder) {
    return folders.contains(folder);
  }

  /** Returns whether the root is one category itself and not a folder of them. */
  boolean isOneCategory() {
    return foldersIn("").stream().anyMatch(PathNames::dividesCategory);
  }

  /**
   * Asks about folders that look like categories and lie beside those that divide one.
   *
   * @param base folder that is read as one category, empty for the root
   */
  void askAboutCategoriesBesideParts(String base, Placement.Builder placement) {
    SortedSet<String> beside = foldersIn(base);
    List<String> parts = beside.stream().filter(PathNames::dividesCategory).toList();
    List<String> categories =
        beside.stream()
            .filter(name -> !PathNames.dividesCategory(name))
            .filter(
                name -> foldersIn(PathNames.join(base, name)).stream().anyMatch(PathNames::isTrain))
            .toList();
    if (!categories.isEmpty()) {
      placement.ask(
          "%s lie(s) directly in data.root, which makes it one category, and beside looks like"
                  .formatted(String.join(", ", parts))
              + " categories of their own: "
              + String.join(", ", categories),
          "move %s into a folder of their own, a category; or give %s as data.root"
              .formatted(
                  String.join(", ", parts), root + "/" + PathNames.join(base, categories.get(0))),
          List.of());
    }
  }

  /** Returns the folders of the categories, relative to the root; empty names the root itself. */
  List<String> categories() {
    return isOneCategory() ? List.of("") : List.copyOf(foldersIn(""));
  }
}
