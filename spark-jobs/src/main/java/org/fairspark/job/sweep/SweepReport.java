package org.fairspark.job.sweep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.SweepCells.SweepCell;
import org.fairspark.job.report.RunDescription;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.metrics.MetricValues;
import org.fairspark.report.MetricSpreads;
import org.fairspark.report.ReportModel;
import org.fairspark.report.SweepReportModel;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;

/** Gathers what the sweep's page shows from the records of its runs. */
record SweepReport(OutputRoot root, SweepPlan plan, TrialRecords records) {

  /**
   * The page's contents.
   *
   * @param done any finished run
   * @param failed runs that failed now, and why
   */
  SweepReportModel model(JobContext context, Instant began, Trial done, Map<Trial, String> failed)
      throws IOException {
    OutputRoot own = done.root(root, context.hadoop());
    ReportModel.Run run =
        new RunDescription(
                plan.config(), root.path().getName(), Table.open(own, ImagesTable.SPEC).manifest())
            .run(
                RunManifest.read(own),
                records.find(done).orElseThrow().conventions(),
                began,
                Instant.now());
    List<SweepReportModel.Cell> cells =
        plan.cells().stream().map(cell -> cell(cell, failed)).toList();
    return new SweepReportModel(
        run,
        plan.config().sweep().paperTable(),
        plan.config().sweep().repetitions(),
        cells,
        plan.shared());
  }

  private SweepReportModel.Cell cell(SweepCell cell, Map<Trial, String> failed) {
    List<Trial> trials = plan.trials(cell);
    List<TrialRecord> runs = trials.stream().flatMap(t -> records.find(t).stream()).toList();
    Optional<String> problem =
        trials.stream().filter(failed::containsKey).map(failed::get).findFirst();
    SortedMap<String, List<MetricValues>> byCategory = new TreeMap<>();
    runs.forEach(
        run ->
            run.categories()
                .forEach(
                    (name, values) ->
                        byCategory.computeIfAbsent(name, n -> new ArrayList<>()).add(values)));
    SortedMap<String, MetricSpreads> categories = new TreeMap<>();
    byCategory.forEach((name, values) -> categories.put(name, MetricSpreads.over(values)));
    double seconds = runs.stream().mapToDouble(TrialRecord::seconds).sum();
    return new SweepReportModel.Cell(
        cell.name(),
        cell.settings(),
        cell.config().toFlatMap(),
        problem.isPresent()
            ? SweepReportModel.State.FAILED
            : runs.size() == trials.size()
                ? SweepReportModel.State.DONE
                : SweepReportModel.State.UNFINISHED,
        problem,
        MetricSpreads.over(runs.stream().map(TrialRecord::mean).toList()),
        runs.stream().mapToLong(run -> run.trial().parameters()).findFirst(),
        runs.stream().flatMapToDouble(run -> run.imagesPerSecond().stream()).average(),
        Duration.ofMillis((long) (1000 * seconds)),
        runs.isEmpty() ? "" : "../" + trials.get(0).folder() + "/" + RunManifest.FILE,
        categories);
  }
}
