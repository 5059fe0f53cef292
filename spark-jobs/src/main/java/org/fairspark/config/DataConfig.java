package org.fairspark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code data.*}: where the images are.
 *
 * @param root any Hadoop file-system URI or a local path
 * @param layout how the folders below the root are to be read
 * @param manifest the table that the layout {@code manifest} reads
 * @param categories the categories to take; empty means all that are found
 * @param maxTrainingImages the most training images of a category, spread over all; empty takes all
 */
public record DataConfig(
    String root,
    DataLayout layout,
    @Absent("none") Optional<String> manifest,
    List<String> categories,
    @Absent("all") OptionalInt maxTrainingImages) {

  /** Takes all training images. */
  public DataConfig(
      String root, DataLayout layout, Optional<String> manifest, List<String> categories) {
    this(root, layout, manifest, categories, OptionalInt.empty());
  }

  public DataConfig {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(layout, "layout");
    root = Locations.expanded("data.root", root);
    manifest = Locations.expanded("data.manifest", manifest);
    categories = List.copyOf(categories);
    Checks checks = new Checks();
    checks.require(
        layout != DataLayout.MANIFEST || manifest.isPresent(),
        "data.manifest",
        "none",
        "must be a file of CSV, JSON lines or Parquet where data.layout is manifest");
    checks.require(
        layout == DataLayout.MANIFEST || manifest.isEmpty(),
        "data.manifest",
        manifest.orElse(""),
        "is read only where data.layout is manifest");
    for (String category : categories) {
      checks.require(
          isFolderName(category),
          "data.categories",
          category,
          "must be names of folders below data.root, without slashes");
    }
    checks
        .atLeast("data.max-training-images", maxTrainingImages.orElse(1), 1)
        .require(
            new HashSet<>(categories).size() == categories.size(),
            "data.categories",
            categories,
            "must not name a category twice")
        .done();
  }

  /** Makes the settings of a data set that its folders tell all about. */
  public DataConfig(String root, DataLayout layout, List<String> categories) {
    this(root, layout, Optional.empty(), categories);
  }

  private static boolean isFolderName(String name) {
    return !name.isBlank()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0;
  }
}
