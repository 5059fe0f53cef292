package org.fairspark.dataset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * The files that a table's paths mean: absolute ones wherever they lie, all others below the data
 * root. A backslash is a slash where no file has one in its name.
 */
final class ManifestPaths {
  private final FileTree tree;
  private final DatasetFiles files;
  private final Map<String, FileItem> listed = new HashMap<>();
  private final Set<String> unlisted = new HashSet<>();
  private Map<String, FileItem> found = Map.of();

  /**
   * A file that was found.
   *
   * @param root the data root, or empty for a file that does not lie below it
   * @param file named relative to the root
   */
  record Located(String root, FileItem file) {
    ImageEntry.MaskFile mask() {
      return ImageEntry.MaskFile.of(root, file);
    }
  }

  ManifestPaths(FileTree tree, DatasetFiles files) {
    this.tree = tree;
    this.files = files;
    tree.files().forEach(file -> listed.put(file.name(), file));
  }

  /** Returns whether a path climbs above where it begins. */
  static boolean climbs(String path) {
    return Arrays.asList(path.replace('\\', '/').split("/", -1)).contains("..");
  }

  /** Notes a path, so that all that the listing does not hold can be looked for at once. */
  void expect(String path) {
    if (!listed.containsKey(name(path))) {
      unlisted.add(uri(name(path)));
    }
  }

  /** Looks for all that was expected. */
  void look() {
    found = unlisted.isEmpty() ? Map.of() : files.find(unlisted);
  }

  /** Returns the file of a path that was expected, if it is there. */
  Optional<Located> find(String path) {
    String name = name(path);
    FileItem file = listed.get(name);
    if (file != null) {
      return Optional.of(new Located(tree.root(), file));
    }
    FileItem other = found.get(uri(name));
    if (other == null) {
      return Optional.empty();
    }
    if (!isAbsolute(name) && hidden(name)) {
      return Optional.empty();
    }
    return Optional.of(
        isAbsolute(name)
            ? new Located("", other)
            : new Located(
                tree.root(), new FileItem(name, other.length(), other.modificationTime())));
  }

  private static boolean hidden(String name) {
    return Arrays.stream(name.split("/", -1)).anyMatch(p -> PathNames.omission(p).isPresent());
  }

  /** Returns whether the listing passed a file below the root over as no kind of image. */
  boolean isOtherFile(String name) {
    return !hidden(name)
        && PathNames.omissionOfKind(PathNames.last(name))
            .filter(Omission.NOT_AN_IMAGE::equals)
            .isPresent();
  }

  /** Returns whether a file below the root is none of the listing. */
  boolean isUnlisted(String name) {
    return !listed.containsKey(name);
  }

  /** Returns a path's name relative to the root, or an absolute URI. */
  private String name(String written) {
    if (listed.containsKey(written)) {
      return written;
    }
    String path = written.strip();
    if (isAbsolute(path)) {
      String uri = files.qualified(path);
      return uri.startsWith(tree.root() + "/") ? uri.substring(tree.root().length() + 1) : uri;
    }
    StringBuilder name = new StringBuilder();
    for (String part : path.replace('\\', '/').split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        name.append(name.length() == 0 ? "" : "/").append(part);
      }
    }
    return name.toString();
  }

  /** Returns the absolute URI that a path means. */
  String uriOf(String path) {
    return uri(name(path));
  }

  private String uri(String name) {
    return isAbsolute(name) ? name : tree.root() + "/" + name;
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }
}
