package org.fairspark.report;

import java.util.List;

/**
 * A table of shares in percent.
 *
 * @param id in the page, without the category's
 * @param title above it
 * @param note below it; may be empty
 * @param columns their headings, without the first
 * @param rows of numbers
 */
public record NumbersTable(
    String id, String title, String note, List<String> columns, List<Row> rows) {
  /**
   * A row.
   *
   * @param name of what the numbers are
   * @param images number of images, or groups, that they are of
   * @param cells one entry per column
   */
  public record Row(String name, long images, List<MetricView> cells) {}
}
