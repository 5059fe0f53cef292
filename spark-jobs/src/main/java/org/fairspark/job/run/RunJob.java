package org.fairspark.job.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.evaluate.EvaluateResult;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.prepare.PrepareResult;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.report.ReportResult;
import org.fairspark.job.train.TrainJob;
import org.fairspark.job.train.TrainResult;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.RunManifest;

/**
 * The job {@code run}: prepares, trains, evaluates and reports, one after the other.
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
public final class RunJob implements Job<RunPlan, RunResult> {
  @Override
  public RunPlan plan(JobContext context) throws Exception {
    // Later stages have nothing to open yet: each plans on the output that earlier ones announce.
    var prepare = RunStage.plan("prepare", new PrepareJob(), context);
    JobContext prepared = prepare.after(context);
    var train = RunStage.plan("train", new TrainJob(), prepared);
    JobContext trained = train.after(prepared);
    var evaluate = RunStage.plan("evaluate", new EvaluateJob(), trained);
    var report = RunStage.plan("report", new ReportJob(), evaluate.after(trained));
    return new RunPlan(prepare, train, evaluate, report);
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
  public RunResult execute(JobContext context, RunPlan plan) throws Exception {
    Instant began = Instant.now();
    Map<String, Duration> durations = new LinkedHashMap<>();
    PrepareResult prepared = execute(plan.prepare(), context, durations);
    tell(prepared, context);
    TrainResult trained = execute(plan.train(), context, durations);
    tell(trained, context);
    EvaluateResult evaluated = execute(plan.evaluate(), context, durations);
    // The page shows the durations of the stages before it.
    writeManifest(context, prepared, began, durations);
    ReportResult reported = execute(plan.report(), context, durations);
    writeManifest(context, prepared, began, durations);
    return new RunResult(prepared, trained, evaluated, reported, durations);
  }

  private static <R extends JobResult> R execute(
      RunStage<?, R> stage, JobContext context, Map<String, Duration> durations) throws Exception {
    context.lock().requireHeld();
    Instant start = Instant.now();
    R result = stage.execute(context);
    durations.put(stage.name(), Duration.between(start, Instant.now()));
    return result;
  }

  private static void tell(JobResult result, JobContext context) {
    result.summary().forEach(line -> context.terminal().info("  " + line));
  }

  private static void writeManifest(
      JobContext context, PrepareResult prepared, Instant began, Map<String, Duration> durations)
      throws IOException {
    RunManifest.write(
        context.root(),
        context.jobName(),
        context.spark(),
        context.config(),
        new RunManifest.Data(
            prepared.images().fingerprint(),
            prepared.images().rows(),
            prepared.files().toDetails()),
        began,
        durations);
  }
}
