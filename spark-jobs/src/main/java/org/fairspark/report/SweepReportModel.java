package org.fairspark.report;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a sweep's report, as plain data.
 *
 * @param run the data and timings; its configuration is the sweep's own, without the groups'
 * @param paperTable the paper's table that the sweep repeats (5 to 12, or 1 for tables 1 to 4), if
 *     any
 * @param repetitions trials planned for every group
 * @param groups in the order of the sweep
 * @param shared what the trials shared, in words, for example "one table of images for all cells"
 */
public record SweepReportModel(
    ReportModel.Run run,
    OptionalInt paperTable,
    int repetitions,
    List<GroupResult> groups,
    List<String> shared) {

  public SweepReportModel {
    groups = List.copyOf(groups);
    shared = List.copyOf(shared);
  }

  /** The progress of a group. */
  public enum State {
    DONE,
    FAILED,
    UNFINISHED
  }

  /**
   * The results of one combination of settings, over its trials; the page calls it a cell.
   *
   * @param name its name in tables
   * @param settings what it sets, key to value
   * @param configuration all of its configuration, key to value; says which row of the paper's
   *     table it is
   * @param problem why it failed
   * @param metrics means over categories, over the repetitions that are finished
   * @param parameters of its network
   * @param imagesPerSecond measured inference rate
   * @param took for all finished repetitions together
   * @param manifest where its manifest is, relative to the report; may be empty
   * @param categories its categories, each over the repetitions
   */
  public record GroupResult(
      String name,
      Map<String, String> settings,
      Map<String, String> configuration,
      State state,
      Optional<String> problem,
      MetricSpreads metrics,
      OptionalLong parameters,
      OptionalDouble imagesPerSecond,
      Duration took,
      String manifest,
      SortedMap<String, MetricSpreads> categories) {

    public GroupResult {
      categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
      if (state == State.FAILED && problem.isEmpty()) {
        throw new IllegalArgumentException("a failed cell says why: " + name);
      }
    }
  }
}
