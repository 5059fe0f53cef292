package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.store.OutputRoot;
import org.fairspark.text.CsvCells;

/** A writer of lists for spreadsheets, highest first; a row at a time passes through the driver. */
final class TopScores {
  /** The most rows of a list: a spreadsheet holds a million, far more than people read. */
  static final int MAX_ROWS = 100_000;

  private TopScores() {}

  /**
   * Writes a CSV file as UTF-8, whole or not at all.
   *
   * @param rows with the columns, in order
   */
  static void write(OutputRoot root, String name, List<String> columns, Dataset<Row> rows)
      throws IOException {
    root.write(
        root.path(name),
        file -> {
          Writer out = new OutputStreamWriter(file, StandardCharsets.UTF_8);
          out.write(String.join(",", columns) + "\n");
          Iterator<Row> all =
              rows.select(columns.stream().map(c -> col(c)).toArray(Column[]::new))
                  .limit(MAX_ROWS)
                  .toLocalIterator();
          while (all.hasNext()) {
            out.write(line(all.next()));
          }
          out.flush();
        });
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length(); i++) {
      line.append(i == 0 ? "" : ",").append(cell(row.get(i)));
    }
    return line.append('\n').toString();
  }

  /** Returns a cell, quoted where needed; a text that looks like a formula gets a leading space. */
  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && text.matches("[=+@-].*")) {
      text = " " + text;
    }
    return CsvCells.quoted(text);
  }
}
