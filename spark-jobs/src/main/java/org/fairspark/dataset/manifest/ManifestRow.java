package org.fairspark.dataset.manifest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of a table of images, its cells as they are written; a cell that is not there is empty.
 *
 * @param place where it stands, for messages: {@code row 7}, with the file's name where there are
 *     several
 * @param fileSplit the split that the file's name tells, or empty
 * @param cells the cells of columns with a meaning that are not empty
 * @param others the cells of all other columns that are not empty, by the columns' names
 */
public record ManifestRow(
    String place,
    String fileSplit,
    Map<ManifestColumn, String> cells,
    SortedMap<String, String> others) {

  public ManifestRow {
    cells = Collections.unmodifiableMap(new EnumMap<>(cells));
    others = Collections.unmodifiableSortedMap(others);
  }

  /** Returns a row of cells by the names of their columns. */
  static ManifestRow of(String place, String fileSplit, Map<String, String> named) {
    Map<ManifestColumn, String> cells = new EnumMap<>(ManifestColumn.class);
    SortedMap<String, String> others = new TreeMap<>();
    named.forEach(
        (name, cell) -> {
          if (!cell.isBlank()) {
            ManifestColumn.named(name)
                .ifPresentOrElse(
                    // A file may have a name that begins or ends with a blank.
                    column ->
                        cells.put(column, column == ManifestColumn.PATH ? cell : cell.strip()),
                    () -> others.put(name, cell));
          }
        });
    return new ManifestRow(place, fileSplit, cells, others);
  }

  /** Returns the text of a cell, empty if there is none. */
  public String cell(ManifestColumn column) {
    return cells.getOrDefault(column, "");
  }
}
