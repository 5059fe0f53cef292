package org.fairspark.report;

import java.util.List;
import java.util.Optional;

/**
 * Everything that the sweep's template fills in.
 *
 * @param paper which table is compared with, in words; empty if none
 * @param order how the order of the groups compares with the paper's; may be empty
 * @param details a row per category, in the order of the names
 * @param more key and title of the metrics that the paper does not have
 */
public record SweepPage(
    String title,
    String name,
    String lede,
    List<ReportModel.Fact> facts,
    String paper,
    String order,
    boolean rates,
    List<TrialGroupView> groups,
    List<Charts.PageChart> charts,
    List<DetailRow> details,
    List<ReportModel.Fact> more,
    List<String> shared,
    ReportModel.Run run,
    List<ReportPage.TimingView> timings,
    String data) {

  /**
   * A combination of settings; the page calls it a cell.
   *
   * @param settings what it sets, in words
   * @param state "done", "failed" or "unfinished"
   * @param stateWords for example "5 of 5"
   * @param problem why it failed; may be empty
   * @param best whether its image AUROC is the highest
   * @param metrics those of the paper
   * @param more the others
   */
  public record TrialGroupView(
      String name,
      String settings,
      String state,
      String stateWords,
      String problem,
      boolean best,
      List<SpreadView> metrics,
      List<SpreadView> more,
      String parameters,
      String parametersSort,
      String rate,
      String rateSort,
      String took,
      long tookSeconds,
      String manifest) {}

  /**
   * A metric with its spread.
   *
   * @param key "image_auroc" and so on
   * @param value mean as shown; empty if not defined
   * @param deviation as shown; may be empty
   * @param paper the paper's number; may be empty
   * @param doubtful whether that is probably wrong
   * @param paperNote which table, and what is to be known
   */
  public record SpreadView(
      String key,
      String value,
      String deviation,
      String sort,
      String reason,
      String paper,
      boolean doubtful,
      String paperNote) {}

  /** A category: for every group its metrics; empty where the group lacks it. */
  public record DetailRow(String category, List<Optional<List<SpreadView>>> groups) {}
}
