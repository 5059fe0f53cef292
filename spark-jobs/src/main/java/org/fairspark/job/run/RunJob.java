package org.fairspark.job.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.ExitStatus;
import org.fairspark.inference.EngineChoice;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.prepare.PreparePlan;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.job.train.Workers;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableManifest;

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
      return JobResult.done(plan(context));
    }
    // Refused now rather than after hours of preparing.
    TrainJob.requireMemory(context, workers(context));
    OutputRoot root = context.root();
    Instant began = Instant.now();
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<String> summary = new ArrayList<>();
    ExitStatus status = ExitStatus.DONE;
    try (OutputLock lock = context.lock(root)) {
      for (var stage : STAGES.entrySet()) {
        lock.requireHeld();
        Instant start = Instant.now();
        if (stage.getKey().equals("report")) {
          // Before the report, which shows the timings of the others.
          writeManifest(context, root, began, seconds);
        }
        JobResult result = stage.getValue().run(context.with(stage.getKey(), context.config()));
        if (result.status() != ExitStatus.DONE) {
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
      writeManifest(context, root, began, seconds);
    }
    return new JobResult(status, summary, Map.of("stages", seconds));
  }

  private static void writeManifest(
      JobContext context, OutputRoot root, Instant began, Map<String, Double> seconds)
      throws IOException {
    TableManifest images = Table.open(root, ImagesTable.SPEC).manifest();
    RunManifest.write(
        root,
        context.jobName(),
        context.spark(),
        context.config(),
        new RunManifest.Data(images.fingerprint(), images.rows()),
        began,
        seconds);
  }

  /** The plans of all stages, from the listing alone: nothing is there yet that they could open. */
  private static List<String> plan(JobContext context) throws Exception {
    FairConfig config = context.config();
    PrepareJob job = new PrepareJob();
    PreparePlan prepare = PrepareJob.plan(context.with("prepare", config), context.root());
    SortedMap<String, Long> training = new TreeMap<>();
    SortedMap<String, Long> tests = new TreeMap<>();
    prepare
        .listing()
        .counts()
        .forEach(
            (category, counts) -> {
              training.put(category, (long) counts.train());
              tests.put(category, (long) counts.testGood() + counts.testAnomalous());
            });
    Workers workers = workers(context);
    List<String> lines = new ArrayList<>();
    lines.add("prepare");
    lines.addAll(indented(job.lines(context, prepare)));
    lines.add("train");
    lines.addAll(
        indented(
            TrainJob.plan(training, workers, TrainJob.requireMemory(context, workers), config)));
    lines.add("evaluate");
    InferenceEngine engine =
        EngineChoice.of(config.evaluation().engine(), MemoryPlan.shape(config)).engine();
    lines.addAll(
        indented(EvaluateJob.plan(tests, EvaluateJob.requireMemory(context, engine), config)));
    lines.add("report");
    lines.add("  " + context.root().path("report") + "/index.html");
    return lines;
  }

  private static Workers workers(JobContext context) {
    return Workers.of(context.spark().sparkContext(), context.config().training());
  }

  private static List<String> indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line).toList();
  }
}
