package org.fairspark.job.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairspark.config.FairConfig;
import org.fairspark.report.ReportModel;
import org.fairspark.store.RunManifest;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.TableManifest;

/**
 * The part of a report that says what ran, on what.
 *
 * @param name a short name, for example the output folder's
 * @param images the manifest of {@code images/}
 */
public record RunDescription(FairConfig config, String name, TableManifest images) {
  /**
   * Returns the part.
   *
   * @param execution versions and timings, where a run wrote a manifest
   * @param conventions of the metrics
   * @param notes what a reader should know first, one sentence each
   */
  public ReportModel.Run run(
      Optional<RunManifest.Execution> execution,
      Map<String, Object> conventions,
      List<String> notes,
      Instant started,
      Instant finished) {
    Map<String, String> versions =
        execution.map(RunManifest.Execution::versions).orElseGet(Map::of);
    return new ReportModel.Run(
        name,
        started,
        finished,
        benchmark(),
        config.data().root(),
        config.data().layout().toString(),
        images.fingerprint(),
        images.rows(),
        config.toFlatMap().entrySet().stream()
            .map(e -> new ReportModel.ConfiguredValue(e.getKey(), e.getValue(), ""))
            .toList(),
        facts(versions),
        facts(conventions),
        execution.stream()
            .flatMap(e -> e.stages().entrySet().stream())
            .map(stage -> new ReportModel.StageTime(stage.getKey(), stage.getValue(), ""))
            .toList(),
        Stream.concat(notes.stream(), PreparedTables.notes(images).stream()).toList());
  }

  /**
   * Returns the data set that the layout is of. Whether the paper has a number for a category
   * depends on the category's name, too.
   */
  private ReportModel.Benchmark benchmark() {
    return switch (config.data().layout()) {
      case MVTEC -> ReportModel.Benchmark.MVTEC_AD;
      case VISA -> ReportModel.Benchmark.VISA;
      default -> ReportModel.Benchmark.OTHER;
    };
  }

  private static List<ReportModel.Fact> facts(Map<String, ?> named) {
    return named.entrySet().stream()
        .map(e -> new ReportModel.Fact(e.getKey().replace('_', ' '), e.getValue().toString()))
        .toList();
  }
}
