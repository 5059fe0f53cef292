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
 * above the kind of defect.
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
    Set<String> relative = new HashSet<>();
    String folder = null;
    for (FileItem file : tree.files()) {
      // Files of one folder mostly follow each other.
      if (holds(file) && !file.isIn(folder)) {
        folder = file.folder();
        if (!folder.isEmpty() && above.putIfAbsent(folder, "") == null) {
          relative.add(relative(folder));
        }
      }
    }
    DateFolders all = DateFolders.in(relative);
    Map<String, String> used = new HashMap<>();
    above.replaceAll((path, none) -> upToDefect(relative(path), all));
    above.values().forEach(path -> addDates(path, all, used));
    this.dates = new DateFolders(Map.copyOf(used));
    above.forEach(
        (whole, path) ->
            folders.put(whole, dates.without(path) + relative(whole).substring(path.length())));
  }

  /** Adds the dates among a folder and those above it. */
  private static void addDates(String path, DateFolders all, Map<String, String> used) {
    for (String at = path; !at.isEmpty(); at = PathNames.folder(at)) {
      String date = all.dates().get(at);
      if (date != null) {
        used.put(at, date);
      }
    }
  }

  /** Returns whether a file lies in the folder of the categories. */
  boolean holds(FileItem file) {
    return file.name().startsWith(prefix);
  }

  private String relative(String folder) {
    return folder.length() < prefix.length() ? "" : folder.substring(prefix.length());
  }

  /** Returns a path up to its part and the dates in that. */
  private static String upToDefect(String path, DateFolders all) {
    String part = upToPart(path);
    int end = part.length();
    while (end < path.length()) {
      int slash = path.indexOf('/', end + 1);
      int to = slash < 0 ? path.length() : slash;
      if (!all.dates().containsKey(path.substring(0, to))) {
        break;
      }
      end = to;
    }
    return path.substring(0, end);
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

  /** Returns the path of a file's folder. */
  String folder(FileItem file) {
    return folders.getOrDefault(file.folder(), "");
  }

  /** Returns a file's name without extension, told from the same of another date. */
  String stem(FileItem file) {
    return areDated() ? PathNames.stem(DateFolders.marked(file, date(file))) : file.stem();
  }

  /** Returns the date that folders above a file's kind of defect are called after, or nothing. */
  String date(FileItem file) {
    return !areDated() ? "" : dates.of(above.getOrDefault(file.folder(), ""));
  }

  /** Returns a sentence for people, if there are folders called after dates. */
  Optional<String> note() {
    return dates.note();
  }
}
