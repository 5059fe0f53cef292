package org.fairspark.job;

import org.fairspark.report.ReportModel;
import org.fairspark.report.ReportWriter;
import org.fairspark.table.OutputLock;
import org.fairspark.table.OutputRoot;

/**
 * Writes the report of an evaluation: one HTML file that needs no network.
 *
 * <h2>Input</h2>
 *
 * All that prepare, train and evaluate wrote under {@code output.root}.
 *
 * <h2>Output</h2>
 *
 * {@code report/index.html}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh report --set output.root=/data/out</pre>
 */
public final class ReportJob implements Job {
  @Override
  public JobResult run(JobContext context) throws Exception {
    OutputRoot root = context.root();
    PageFile page = new PageFile(root);
    if (context.dryRun()) {
      return JobResult.done("would write " + page.path());
    }
    try (OutputLock lock = context.lock(root)) {
      ReportModel model =
          context.step("report: gather results", () -> ReportAssembly.assemble(context, root));
      lock.requireHeld();
      page.write(out -> ReportWriter.write(model, out));
    }
    return JobResult.done("report: " + page.readable());
  }
}
