package org.fairspark.job.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.ExitStatus;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.JobSummary;
import org.fairspark.spark.MemoryPlan;
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
public final class RunJob implements Job<RunPlan, JobSummary> {
  /** The command whose counts the summary begins with. */
  private static final String EVALUATE = "evaluate";

  /** The command that shows the timings of those before it. */
  private static final String REPORT = "report";

  @Override
  public RunPlan plan(JobContext context) throws Exception {
    List<RunStage<?>> stages = new ArrayList<>();
    // Later stages have nothing to open yet: each plans on the output that earlier ones announce.
    JobContext next = context;
    for (var command : commands().entrySet()) {
      RunStage<?> stage = RunStage.plan(command.getKey(), command.getValue(), next);
      stages.add(stage);
      if (stage.plan().leaves().isPresent()) {
        next = next.expecting(stage.plan().leaves().get());
      }
    }
    return new RunPlan(stages);
  }

  /** Returns the jobs of a run by their commands, in order. */
  private static Map<String, Job<?, ?>> commands() {
    Map<String, Job<?, ?>> commands = new LinkedHashMap<>();
    commands.put("prepare", new PrepareJob());
    commands.put("train", new TrainJob());
    commands.put(EVALUATE, new EvaluateJob());
    commands.put(REPORT, new ReportJob());
    return commands;
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    // Where calibration and evaluation ask for the same engine, evaluation's networks hold both's.
    MemoryPlan before =
        config.score().engine() == config.evaluation().engine()
            ? MemoryPlan.ofTraining(config, conf)
            : new TrainJob().memory(config, conf);
    return before.and(new EvaluateJob().memory(config, conf));
  }

  @Override
  public JobSummary execute(JobContext context, RunPlan plan) throws Exception {
    OutputRoot root = context.root();
    Instant began = Instant.now();
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<String> summary = new ArrayList<>();
    ExitStatus status = ExitStatus.DONE;
    for (RunStage<?> stage : plan.stages()) {
      context.lock().requireHeld();
      Instant start = Instant.now();
      if (stage.name().equals(REPORT)) {
        writeManifest(context, root, began, seconds);
      }
      JobResult result = stage.execute(context);
      if (result.status() != ExitStatus.DONE) {
        status = result.status();
      }
      seconds.put(stage.name(), Duration.between(start, Instant.now()).toMillis() / 1000.0);
      for (String line : result.summary()) {
        if (stage.name().equals(EVALUATE) || stage.name().equals(REPORT)) {
          summary.add(line);
        } else {
          context.terminal().info("  " + line);
        }
      }
    }
    writeManifest(context, root, began, seconds);
    return new JobSummary(status, summary, Map.of("stages", seconds));
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
}
