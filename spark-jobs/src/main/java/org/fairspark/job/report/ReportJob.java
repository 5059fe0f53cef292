package org.fairspark.job.report;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.report.ReportModel;
import org.fairspark.report.ReportWriter;
import org.fairspark.report.ScoreReportModel;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.ScoresStore;

/**
 * The job {@code report}: writes the report of an evaluation: one HTML file that needs no network.
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
public final class ReportJob implements Job<ReportJob.Plan, ReportResult> {

  /**
   * The pages to write.
   *
   * @param evaluation of an evaluation
   * @param scores of a score run
   */
  record Plan(Optional<Path> evaluation, Optional<Path> scores) implements JobPlan {
    @Override
    public List<String> lines() {
      return Stream.of(evaluation, scores)
          .flatMap(Optional::stream)
          .map(page -> "would write " + page)
          .toList();
    }
  }

  @Override
  public Plan plan(JobContext context) throws IOException {
    OutputRoot root = context.root();
    boolean scored = new ScoresStore(root).exists();
    boolean evaluated = !scored || new MetricsFile(root).read().isPresent();
    Path index = new PageFile(root).path();
    Path scores = evaluated ? new Path(root.path("report"), "scores.html") : index;
    return new Plan(
        Optional.of(index).filter(page -> evaluated), Optional.of(scores).filter(page -> scored));
  }

  @Override
  public ReportResult execute(JobContext context, Plan plan) throws Exception {
    OutputRoot root = context.root();
    Optional<String> evaluation = Optional.empty();
    Optional<String> scored = Optional.empty();
    if (plan.evaluation().isPresent()) {
      PageFile page = new PageFile(root);
      ReportModel model =
          context.step("report: gather results", () -> ReportAssembly.assemble(context, root));
      context.lock().requireHeld();
      page.write(out -> ReportWriter.write(model, out));
      evaluation = Optional.of(page.readable());
    }
    if (plan.scores().isPresent()) {
      Path scores = plan.scores().get();
      ScoreReportModel model =
          ScoreReport.of(root)
              .orElseThrow(
                  () ->
                      FairException.refused(
                          "the score run is not finished",
                          root.path().toString(),
                          "run the same score command again: it goes on where it was"));
      root.write(scores, out -> ReportWriter.write(model, out));
      scored = Optional.of(scores.toString());
    }
    return new ReportResult(evaluation, scored);
  }
}
