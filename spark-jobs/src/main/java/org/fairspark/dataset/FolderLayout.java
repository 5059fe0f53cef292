package org.fairspark.dataset;

import java.util.Map;
import java.util.TreeMap;
import org.fairspark.files.PathNames;

/**
 * Folders of the user's own: the root holds a folder for each category, or is one category itself.
 * {@link FolderCategory} describes a category's folders.
 */
record FolderLayout() implements Layout {

  @Override
  public String expected() {
    return "expected CATEGORY/good/ with images, and a folder for each kind of defect";
  }

  @Override
  public Placement place(FileTree tree) {
    var top = tree.foldersIn("");
    boolean single = top.isEmpty() || top.stream().anyMatch(PathNames::dividesCategory);
    Map<String, FolderCategory> categories = new TreeMap<>();
    int stray = 0;
    for (FileItem file : tree.files()) {
      String path = file.name();
      String category = tree.rootName();
      if (!single) {
        int slash = path.indexOf('/');
        if (slash < 0) {
          stray++;
          continue;
        }
        category = path.substring(0, slash);
        path = path.substring(slash + 1);
      }
      categories.computeIfAbsent(category, FolderCategory::new).add(path, file);
    }
    Placement.Builder placement = new Placement.Builder();
    if (stray > 0) {
      placement.note(
          stray + " image(s) directly in data.root belong to no category and are left out");
    }
    for (FolderCategory category : categories.values()) {
      placement.all(category.place(tree.root()));
    }
    return placement.build();
  }
}
