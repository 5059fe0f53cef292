package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.ManifestReader;
import org.fairspark.dataset.manifest.ManifestRow;
import org.fairspark.dataset.manifest.ManifestTable;
import org.fairspark.files.Omissions;

/**
 * The files that a table of images names, for who takes it as no more than a list: whether they are
 * there, and their categories. Archives and files in them ({@code ARCHIVE!/MEMBER}, as {@code
 * scores/} names them) may be among them.
 */
public final class ManifestFiles {
  /** Divides the name of an archive from that of a file in it. */
  private static final String INSIDE = "!/";

  private ManifestFiles() {}

  /**
   * A file that a table names.
   *
   * @param path absolute URI; of a file in an archive that of the archive
   * @param name the same relative to the data root, if it lies below
   * @param member the file's name in the archive, or empty
   * @param category that the table says, or empty
   * @param row where the table names it, for messages
   * @param there whether the file, or the archive, is there
   * @param length bytes of the file or the archive
   * @param modificationTime milliseconds since 1970
   */
  public record Named(
      String path,
      String name,
      String member,
      String category,
      String row,
      boolean there,
      long length,
      long modificationTime) {}

  /**
   * Reads a table and looks for its files.
   *
   * @param setting the key that names the table, for messages
   * @param location the table's file or folder
   * @param root the data root as an absolute URI, without a slash at the end
   * @throws org.fairspark.failure.FairException if it cannot be read, its cells have problems, or
   *     it names a file twice
   */
  public static List<Named> of(Configuration hadoop, String setting, String location, String root) {
    ManifestTable table = new ManifestReader(hadoop, setting).read(location);
    DatasetFiles files = new HadoopDatasetFiles(root, hadoop, Optional.empty());
    ManifestPaths paths =
        new ManifestPaths(
            new FileTree(root, List.of(), Collections.emptySortedSet(), Omissions.NONE), files);
    Map<String, ManifestRow> rows = new LinkedHashMap<>();
    for (ManifestRow row : table.rows()) {
      String path = row.cell(ManifestColumn.PATH);
      if (path.isEmpty()) {
        table.problems().add(row, ManifestColumn.PATH, "it is empty");
      } else if (ManifestPaths.climbs(path)) {
        table
            .problems()
            .add(
                row,
                ManifestColumn.PATH,
                "'%s' leads out of data.root; give an absolute path".formatted(path));
      } else {
        ManifestRow first = rows.putIfAbsent(paths.uriOf(path), row);
        if (first != null) {
          table
              .problems()
              .add(
                  row,
                  ManifestColumn.PATH,
                  "'%s' is named in %s already".formatted(path, first.place()));
        }
      }
    }
    table.problems().requireNone();
    List<String> wanted = new ArrayList<>(rows.keySet());
    rows.keySet().stream()
        .filter(uri -> uri.contains(INSIDE))
        .forEach(uri -> wanted.add(archive(uri)));
    Map<String, FileItem> found = files.find(wanted);
    List<Named> named = new ArrayList<>();
    rows.forEach((uri, row) -> named.add(named(uri, row, found, root)));
    return named;
  }

  private static Named named(
      String uri, ManifestRow row, Map<String, FileItem> found, String root) {
    boolean inside = !found.containsKey(uri) && uri.contains(INSIDE);
    String path = inside ? archive(uri) : uri;
    FileItem file = found.get(path);
    return new Named(
        path,
        path.startsWith(root + "/") ? path.substring(root.length() + 1) : path,
        inside ? uri.substring(path.length() + INSIDE.length()) : "",
        row.cell(ManifestColumn.CATEGORY),
        row.place(),
        file != null,
        file == null ? 0 : file.length(),
        file == null ? 0 : file.modificationTime());
  }

  private static String archive(String uri) {
    return uri.substring(0, uri.indexOf(INSIDE));
  }
}
