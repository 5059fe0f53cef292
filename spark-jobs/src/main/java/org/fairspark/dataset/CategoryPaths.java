package org.fairspark.dataset;

/**
 * The categories of a tree, whose root holds a folder for each or is one category itself, and the
 * paths of files below them.
 */
final class CategoryPaths {
  private final String single;

  /**
   * A file's place.
   *
   * @param category empty for a file directly in a root of several categories
   * @param path relative to the category
   */
  record Place(String category, String path) {}

  CategoryPaths(FileTree tree) {
    this.single = tree.isOneCategory() ? tree.rootName() : null;
  }

  Place of(FileItem file) {
    if (single != null) {
      return new Place(single, file.name());
    }
    int slash = file.name().indexOf('/');
    return slash < 0
        ? new Place("", file.name())
        : new Place(file.name().substring(0, slash), file.name().substring(slash + 1));
  }

  /** Returns a category's folder relative to the root; empty if the root is the category. */
  String folder(String category) {
    return single != null ? "" : category;
  }
}
