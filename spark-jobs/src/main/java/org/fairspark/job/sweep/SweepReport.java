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
import org.fairspark.config.TrialGroup;
import org.fairspark.job.report.RunDescription;
import org.fairspark.metrics.MetricValues;
import org.fairspark.report.MetricSpreads;
import org.fairspark.report.ReportModel;
import org.fairspark.report.SweepReportModel;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;

/** The gathering of the sweep's page from the records of its trials. */
record SweepReport(OutputRoot root, SweepPlan plan, TrialRecords records) {

  /**
   * Returns the page's contents.
   *
   * @param done any finished trial
   * @param failed trials that failed now, and why
   */
  SweepReportModel model(JobContext context, Instant began, Trial done, Map<Trial, String> failed)
      throws IOException {
    OutputRoot doneRoot = done.root(root, context.hadoop());
    ReportModel.Run run =
        new RunDescription(
                plan.config(),
                root.path().getName(),
                Table.open(doneRoot, ImagesTable.SPEC).manifest())
            .run(
                RunManifest.read(doneRoot),
                records.find(done).orElseThrow().conventions(),
                notes(records.find(done).orElseThrow()),
                began,
                Instant.now());
    List<SweepReportModel.GroupResult> groups =
        plan.groups().stream().map(group -> group(group, failed)).toList();
    return new SweepReportModel(
        run,
        plan.config().sweep().paperTable(),
        plan.config().sweep().repetitions(),
        groups,
        plan.shared());
  }

  private static List<String> notes(TrialRecord trial) {
    return trial.leftOut().entrySet().stream()
        .map(category -> "%s is left out: %s".formatted(category.getKey(), category.getValue()))
        .toList();
  }

  private SweepReportModel.GroupResult group(TrialGroup group, Map<Trial, String> failed) {
    List<Trial> trials = plan.trials(group);
    List<TrialRecord> finished = trials.stream().flatMap(t -> records.find(t).stream()).toList();
    Optional<String> problem =
        trials.stream().filter(failed::containsKey).map(failed::get).findFirst();
    SortedMap<String, List<MetricValues>> byCategory = new TreeMap<>();
    finished.forEach(
        record ->
            record
                .categories()
                .forEach(
                    (name, values) ->
                        byCategory.computeIfAbsent(name, n -> new ArrayList<>()).add(values)));
    SortedMap<String, MetricSpreads> categories = new TreeMap<>();
    byCategory.forEach((name, values) -> categories.put(name, MetricSpreads.over(values)));
    double seconds = finished.stream().mapToDouble(TrialRecord::seconds).sum();
    return new SweepReportModel.GroupResult(
        group.name(),
        group.settings(),
        group.config().toFlatMap(),
        problem.isPresent()
            ? SweepReportModel.State.FAILED
            : finished.size() == trials.size()
                ? SweepReportModel.State.DONE
                : SweepReportModel.State.UNFINISHED,
        problem,
        MetricSpreads.over(finished.stream().map(TrialRecord::mean).toList()),
        finished.stream()
            .mapToLong(record -> record.trial().parameters())
            .filter(parameters -> parameters > 0)
            .findFirst(),
        finished.stream().flatMapToDouble(record -> record.imagesPerSecond().stream()).average(),
        Duration.ofMillis((long) (1000 * seconds)),
        finished.isEmpty() ? "" : "../" + trials.get(0).folder() + "/" + RunManifest.FILE,
        categories);
  }
}
