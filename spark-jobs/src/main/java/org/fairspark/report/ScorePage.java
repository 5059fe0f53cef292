package org.fairspark.report;

import java.util.List;
import java.util.Optional;

/**
 * Everything that the score template fills in.
 *
 * @param data the charts' data as JSON, safe inside a script element
 */
public record ScorePage(
    String title,
    String name,
    String lede,
    List<ReportModel.Fact> facts,
    List<String> notes,
    List<ScoredCategoryView> categories,
    List<RowView> changes,
    List<RowView> unreadable,
    List<ReportModel.Fact> versions,
    String data) {

  /** A category; numbers as shown. */
  public record ScoredCategoryView(
      String id,
      String name,
      long images,
      long suspicious,
      String share,
      long fresh,
      long freshSuspicious,
      long unreadable,
      String threshold,
      String calibration,
      String drift,
      String different,
      Optional<Charts.PageChart> chart,
      List<TopView> top) {}

  /** An image; {@code src} is a data URI or empty. */
  public record TopView(
      String name, String file, String link, String score, boolean suspicious, String src) {}

  /** A line of a small table. */
  public record RowView(String what, String count) {}
}
