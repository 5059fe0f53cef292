package org.fairspark.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells in columns of equal width: the first column begins at the left, the others end at
 * the right.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Makes a table with its headings.
   *
   * @param headings of the columns
   */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are headings
   * @throws IllegalArgumentException if there are more or fewer
   */
  public TextTable row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "%d cells in a table of %d columns".formatted(cells.length, rows.get(0).size()));
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** Returns the headings and the rows, a line each. */
  public List<String> lines() {
    StringBuilder format = new StringBuilder();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      int width = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(1);
      format.append(column == 0 ? "%-" : GAP + "%").append(Math.max(1, width)).append('s');
    }
    return rows.stream().map(row -> format.toString().formatted(row.toArray())).toList();
  }
}
