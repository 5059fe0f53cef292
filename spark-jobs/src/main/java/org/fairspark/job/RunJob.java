package org.fairspark.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.table.OutputLock;
import org.fairspark.table.OutputRoot;

/**
 * From image files to the report: prepare, train, evaluate, report.
 *
 * <h2>Input</h2>
 *
 * Images under {@code data.root}.
 *
 * <h2>Output</h2>
 *
 * All that the four jobs write under {@code output.root}, and {@code manifest.json}, from which the
 * run can be repeated.
 *
 * <h2>Example</h2>
 *
 * <pre>
 * ./submit.sh run --conf data/mvtec.conf --set data.root=/data/mvtec_ad --set output.root=/data/out
 * </pre>
 */
public final class RunJob implements Job {
  private static final Map<String, Job> STAGES = stages();

  private static Map<String, Job> stages() {
    Map<String, Job> stages = new LinkedHashMap<>();
    stages.put("prepare", new PrepareJob());
    stages.put("train", new TrainJob());
    stages.put("evaluate", new EvaluateJob());
    stages.put("report", new ReportJob());
    return stages;
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    if (context.dryRun()) {
      return new PrepareJob().run(context.with("prepare", context.config()));
    }
    OutputRoot root = context.root();
    Instant began = Instant.now();
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<String> summary = new ArrayList<>();
    JobResult.Status status = JobResult.Status.DONE;
    try (OutputLock lock = context.lock(root)) {
      for (var stage : STAGES.entrySet()) {
        lock.requireHeld();
        Instant start = Instant.now();
        if (stage.getKey().equals("report")) {
          // Before the report, which shows the timings of the others.
          RunManifest.write(root, context, began, seconds);
        }
        JobResult result = stage.getValue().run(context.with(stage.getKey(), context.config()));
        if (result.status() != JobResult.Status.DONE) {
          status = result.status();
        }
        seconds.put(stage.getKey(), Duration.between(start, Instant.now()).toMillis() / 1000.0);
        for (String line : result.summary()) {
          if (stage.getKey().equals("evaluate") || stage.getKey().equals("report")) {
            summary.add(line);
          } else {
            context.terminal().info("  " + line);
          }
        }
      }
      RunManifest.write(root, context, began, seconds);
    }
    return new JobResult(status, summary, Map.of("stages", seconds));
  }
}
