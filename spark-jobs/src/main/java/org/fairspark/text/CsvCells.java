package org.fairspark.text;

/** Cells of CSV files (RFC 4180). */
public final class CsvCells {
  private CsvCells() {}

  /** Returns the text, in quotes where it needs them. */
  public static String quoted(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
