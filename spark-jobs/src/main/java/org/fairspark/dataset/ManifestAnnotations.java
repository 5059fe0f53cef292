package org.fairspark.dataset;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.ManifestReader;
import org.fairspark.dataset.manifest.ManifestRow;
import org.fairspark.dataset.manifest.ManifestTable;
import org.fairspark.files.Omissions;

/**
 * The columns of a table of images that travel along, for who lists images in another way and takes
 * nothing else from the table.
 */
public final class ManifestAnnotations {
  private ManifestAnnotations() {}

  /**
   * Reads the table that {@code data.manifest} names.
   *
   * @param root the data root as an absolute URI, without a slash at the end
   * @return the annotations by the absolute URI of each image; empty without such a table
   * @throws org.fairspark.failure.FairException if it cannot be read
   */
  public static Map<String, Annotations> of(Configuration hadoop, DataConfig data, String root) {
    return data.layout() == DataLayout.MANIFEST
        ? of(hadoop, "data.manifest", data.manifest().orElseThrow(), root)
        : new HashMap<>();
  }

  /**
   * Reads a table, as {@link #of(Configuration, DataConfig, String)}.
   *
   * @param setting the key that names the table, for messages
   */
  public static Map<String, Annotations> of(
      Configuration hadoop, String setting, String location, String root) {
    Map<String, Annotations> known = new HashMap<>();
    ManifestTable table = new ManifestReader(hadoop, setting).read(location);
    table.problems().requireNone();
    FileTree nothing = new FileTree(root, List.of(), Collections.emptySortedSet(), Omissions.NONE);
    ManifestPaths paths =
        new ManifestPaths(nothing, new HadoopDatasetFiles(root, hadoop, Optional.empty()));
    for (ManifestRow row : table.rows()) {
      Annotations annotations = annotations(row);
      String path = row.cell(ManifestColumn.PATH);
      if (!annotations.equals(Annotations.NONE) && !path.isEmpty() && !ManifestPaths.climbs(path)) {
        known.put(paths.uriOf(path), annotations);
      }
    }
    return known;
  }

  /** Returns what a row says beside the columns with a meaning. */
  static Annotations annotations(ManifestRow row) {
    return new Annotations(
        row.cell(ManifestColumn.GROUP),
        row.cell(ManifestColumn.VIEW),
        row.cell(ManifestColumn.CONDITION),
        row.others());
  }
}
