package org.fairspark.job.sweep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.job.report.PageFile;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.report.ReportWriter;
import org.fairspark.report.SweepReportModel;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;

/** What the runs of a sweep came to: recorded one by one as they finish, compared at the end. */
public final class SweepResults {
  private final OutputRoot root;
  private final SweepPlan plan;
  private final TrialRecords records;

  public SweepResults(OutputRoot root, SweepPlan plan) {
    this.root = root;
    this.plan = plan;
    this.records = new TrialRecords(root);
  }

  /** Whether this very run is finished. */
  public boolean isDone(Trial trial) {
    return records.find(trial).isPresent();
  }

  /**
   * Records a finished run; from now on it is not repeated. May be called by several threads.
   *
   * @param took what it took, without what it shares with runs before it
   */
  public void record(Trial trial, OutputRoot own, Duration took) throws IOException {
    records.add(trial, own, took);
  }

  /** Where the page is, as a person would type it. */
  public String reportPath() {
    return new PageFile(root).readable();
  }

  /**
   * Writes {@code sweep.csv}, {@code sweep.json} and the report over all runs finished so far.
   *
   * @param failed runs that failed now, and why
   */
  public void write(JobContext context, Instant began, Map<Trial, String> failed)
      throws IOException {
    new SweepTables(root, plan, records).write(failed);
    Optional<Trial> done = plan.trials().stream().filter(this::isDone).findFirst();
    if (done.isPresent()) {
      SweepReportModel model =
          new SweepReport(root, plan, records).model(context, began, done.get(), failed);
      new PageFile(root).write(out -> ReportWriter.write(model, out));
    }
  }

  /** The cells for a person, best mean image AUROC first. */
  public List<String> leaderboard(Map<Trial, String> failed) {
    return Leaderboard.lines(plan, records, failed);
  }
}
