package org.fairspark.dataset.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns of a table of images that have a meaning, with all names that they are known by. */
public enum ManifestColumn {
  /** The image's file: an absolute URI or path, or a path relative to the data root. */
  PATH("path", "image_path"),
  /** The category, for which one model is made. */
  CATEGORY("category"),
  /** Training, calibration or test. */
  SPLIT("split"),
  /** A word for a normal image, or the kind of its defect. */
  LABEL("label"),
  /** The kind of defect. */
  DEFECT("defect"),
  /** The mask's file, or several, as {@link MaskNames} writes them. */
  MASK("mask", "mask_path", "mask_paths"),
  /** The part or lot whose images stay together. */
  GROUP("group", "group_id"),
  /** The side that the image shows. */
  VIEW("view", "view_id"),
  /** Lighting, camera and the like. */
  CONDITION("condition");

  private final List<String> names;

  ManifestColumn(String... names) {
    this.names = List.of(names);
  }

  /** Returns the name that is written. */
  public String title() {
    return names.get(0);
  }

  /** Returns the column of a name in a file, without regard to case, blanks and hyphens. */
  public static Optional<ManifestColumn> named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    return Stream.of(values()).filter(column -> column.names.contains(plain)).findFirst();
  }

  /** Returns the names that are written, in order. */
  public static List<String> titles() {
    return Stream.of(values()).map(ManifestColumn::title).toList();
  }
}
