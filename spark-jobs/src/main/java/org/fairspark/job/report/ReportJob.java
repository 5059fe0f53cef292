package org.fairspark.job.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.report.ReportModel;
import org.fairspark.report.ReportWriter;
import org.fairspark.report.ScoreReportModel;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.ScoresBatches;

/**
 * Writes the report of an evaluation: one HTML file that needs no network.
 *
 * <h2>Input</h2>
 *
 * All that prepare, train and evaluate wrote under {@code output.root}.
 *
 * <h2>Output</h2>
 *
 * {@code report/index.html}; of a score run beside an evaluation {@code report/scores.html}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh report --set output.root=/data/out</pre>
 */
public final class ReportJob implements Job {
  @Override
  public JobResult run(JobContext context) throws Exception {
    OutputRoot root = context.root();
    boolean scored = new ScoresBatches(root).exists();
    boolean evaluated = !scored || new MetricsFile(root).read().isPresent();
    PageFile page = new PageFile(root);
    Path scores = evaluated ? new Path(root.path("report"), "scores.html") : page.path();
    if (context.dryRun()) {
      return JobResult.done("would write " + (evaluated ? page.path() : scores));
    }
    List<String> pages = new ArrayList<>();
    try (OutputLock lock = context.lock(root)) {
      if (evaluated) {
        ReportModel model =
            context.step("report: gather results", () -> ReportAssembly.assemble(context, root));
        lock.requireHeld();
        page.write(out -> ReportWriter.write(model, out));
        pages.add("report: " + page.readable());
      }
      if (scored) {
        ScoreReportModel model =
            ScoreReport.of(root)
                .orElseThrow(
                    () ->
                        FairException.refused(
                            "the score run is not finished",
                            root.path().toString(),
                            "run the same score command again: it goes on where it was"));
        root.write(scores, out -> ReportWriter.write(model, out));
        pages.add("report: " + scores);
      }
    }
    return JobResult.done(pages);
  }
}
