package org.fairspark.job.sweep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.job.report.PageFile;
import org.fairspark.report.ReportWriter;
import org.fairspark.report.SweepReportModel;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.EvaluationResults;

/** The results of a sweep's trials: recorded one by one as they finish, compared at the end. */
final class SweepResults {
  private final OutputRoot root;
  private final SweepPlan plan;
  private final TrialRecords records;

  SweepResults(OutputRoot root, SweepPlan plan) {
    this.root = root;
    this.plan = plan;
    this.records = new TrialRecords(root);
  }

  /** Returns whether this very trial is finished. */
  boolean isDone(Trial trial) {
    return records.find(trial).isPresent();
  }

  /**
   * Records a finished trial; from now on it is not repeated. May be called by several threads.
   *
   * @param took what it took, without what it shares with trials before it
   */
  void record(Trial trial, EvaluationResults evaluated, Duration took) throws IOException {
    records.add(trial, evaluated, took);
  }

  /** Returns the categories that finished trials had to do without, with the reason. */
  private SortedMap<String, String> leftOut() {
    SortedMap<String, String> leftOut = new TreeMap<>();
    plan.trials().forEach(t -> records.find(t).ifPresent(r -> leftOut.putAll(r.leftOut())));
    return leftOut;
  }

  /**
   * Writes {@code sweep.csv}, {@code sweep.json} and the report over all trials finished so far.
   *
   * @param failed trials that failed now, and why
   * @return the same for the terminal
   */
  SweepResult write(JobContext context, Instant began, Map<Trial, String> failed)
      throws IOException {
    new SweepTables(root, plan, records).write(failed);
    PageFile page = new PageFile(root);
    Optional<Trial> done = plan.trials().stream().filter(this::isDone).findFirst();
    if (done.isPresent()) {
      SweepReportModel model =
          new SweepReport(root, plan, records).model(context, began, done.get(), failed);
      page.write(out -> ReportWriter.write(model, out));
    }
    return new SweepResult(
        GroupRank.ranking(plan, records, failed), failed, leftOut(), page.readable());
  }
}
