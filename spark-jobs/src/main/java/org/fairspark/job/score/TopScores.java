package org.fairspark.job.score;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.fairspark.store.OutputRoot;
import org.fairspark.text.CsvCells;

/** A writer of lists for spreadsheets, highest first; a row at a time passes through the driver. */
final class TopScores {
  /** The most rows of a list: a spreadsheet holds a million, far more than people read. */
  static final int MAX_ROWS = 100_000;

  private TopScores() {}

  /**
   * Writes a list as CSV in UTF-8, whole or not at all.
   *
   * @param rows which have the list's columns
   */
  static void write(OutputRoot root, ScoreList list, Iterator<Row> rows) throws IOException {
    root.write(
        root.path(list.file()),
        file -> {
          Writer out = new OutputStreamWriter(file, StandardCharsets.UTF_8);
          out.write(String.join(",", list.columns()) + "\n");
          for (int i = 0; i < MAX_ROWS && rows.hasNext(); i++) {
            out.write(line(list, rows.next()));
          }
          out.flush();
        });
  }

  private static String line(ScoreList list, Row row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < list.columns().size(); i++) {
      line.append(i == 0 ? "" : ",").append(cell(row.getAs(list.columns().get(i))));
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
