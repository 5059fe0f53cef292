package org.fairspark.dataset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairspark.files.PathNames;

/**
 * The paths of files by which a tree of {@code CATEGORY/PART/DEFECT} is understood, such as {@code
 * nut/train/good}: relative to the folder of the categories, and without folders called after dates
 * above the part.
 */
final class PartPaths {
  private final String prefix;
  private final Map<String, String> folders = new HashMap<>();
  private final Map<String, String> above = new HashMap<>();
  private final DateFolders dates;

  /**
   * Finds them.
   *
   * @param base folder of the categories relative to the data root, empty for the root
   */
  PartPaths(FileTree tree, String base) {
    this.prefix = base.isEmpty() ? "" : base + "/";
    for (FileItem file : tree.files()) {
      String folder = file.folder();
      if (holds(file) && !folder.isEmpty() && !above.containsKey(folder)) {
        above.put(folder, upToPart(relative(folder)));
      }
    }
    this.dates = DateFolders.in(new HashSet<>(above.values()));
    above.forEach(
        (folder, part) ->
            folders.put(folder, dates.without(part) + relative(folder).substring(part.length())));
  }

  /** Returns whether a file lies in the folder of the categories. */
  boolean holds(FileItem file) {
    return file.name().startsWith(prefix);
  }

  private String relative(String folder) {
    return folder.length() < prefix.length() ? "" : folder.substring(prefix.length());
  }

  /** Returns a path up to the first folder that is a part, or all of it. */
  private static String upToPart(String path) {
    int end = 0;
    while (end < path.length()) {
      int slash = path.indexOf('/', end);
      int to = slash < 0 ? path.length() : slash;
      String name = path.substring(end, to);
      if (PathNames.isMasks(name) || (PathNames.dividesCategory(name) && !PathNames.isGood(name))) {
        return path.substring(0, to);
      }
      end = to + 1;
    }
    return path;
  }

  boolean areDated() {
    return !dates.isNone();
  }

  /** Returns the names of the first folders. */
  Set<String> top() {
    return SharedParts.inside(folders.values()).keySet();
  }

  /** Returns a file's path; its name is told from the same of another date. */
  String of(FileItem file) {
    return PathNames.join(
        folders.getOrDefault(file.folder(), ""), DateFolders.marked(file, date(file)));
  }

  /** Returns the date that folders above a file's part are called after, or nothing. */
  String date(FileItem file) {
    return dates.of(above.getOrDefault(file.folder(), ""));
  }

  /** Returns a sentence for people, if there are folders called after dates. */
  Optional<String> note() {
    return dates.note();
  }
}
