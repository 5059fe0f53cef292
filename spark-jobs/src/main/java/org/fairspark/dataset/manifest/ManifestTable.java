package org.fairspark.dataset.manifest;

import java.util.List;
import java.util.Set;

/**
 * A table that tells what images are, as read from its file: texts whose meaning is still to be
 * found.
 *
 * @param files absolute URIs of what was read
 * @param columns names of all columns
 * @param rows the rows that could be read, in order
 * @param problems those of the rows that could not be read; who finds the meaning adds its own
 */
public record ManifestTable(
    List<String> files, Set<String> columns, List<ManifestRow> rows, ManifestProblems problems) {

  public ManifestTable {
    files = List.copyOf(files);
    columns = Set.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Returns whether there is such a column, also if all its cells are empty. */
  public boolean has(ManifestColumn column) {
    return columns.stream()
        .anyMatch(name -> ManifestColumn.named(name).filter(column::equals).isPresent());
  }
}
