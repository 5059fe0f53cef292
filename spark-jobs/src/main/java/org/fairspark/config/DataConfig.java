package org.fairspark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * {@code data.*}: where the images are.
 *
 * @param root any Hadoop file-system URI or a local path
 * @param layout how the folders below the root are to be read
 * @param categories the categories to take; empty means all that are found
 */
public record DataConfig(String root, DataLayout layout, List<String> categories) {

  public DataConfig {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(layout, "layout");
    categories = List.copyOf(categories);
    Checks checks = new Checks();
    for (String category : categories) {
      checks.require(
          isFolderName(category),
          "data.categories",
          category,
          "must be names of folders below data.root, without slashes");
    }
    checks
        .require(
            new HashSet<>(categories).size() == categories.size(),
            "data.categories",
            categories,
            "must not name a category twice")
        .done();
  }

  private static boolean isFolderName(String name) {
    return !name.isBlank()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0;
  }
}
