package org.fairspark.job.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.config.FairConfig;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.job.train.Workers;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.StateBytes;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Versions;
import org.fairspark.text.Json;
import org.fairspark.training.TrainingPlan;

/**
 * The job {@code bench}: measures this machine, or the cluster of {@code --master}, stage by stage,
 * says which stage bounds a job, and estimates how long one takes.
 *
 * <p>Kernels run in Spark tasks, on all cores at the same time as in a job, after warming up;
 * figures are medians. Tables are whole Spark jobs. Pictures are made from code.
 *
 * <h2>Output</h2>
 *
 * {@code bench.json} under {@code output.root}; the same as a table on the terminal.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh bench --set image.size=128 --set model.width=16 --set bench.images=1000000</pre>
 */
public final class BenchJob implements Job<BenchPlan, BenchResult> {
  static final String FILE = "bench.json";

  @Override
  public BenchPlan plan(JobContext context) {
    return BenchPlan.of(context.config());
  }

  @Override
  public BenchResult execute(JobContext context, BenchPlan plan) throws Exception {
    BenchResult result = measure(context, plan);
    context.root().writeText(result.file(), Json.pretty(result.details()));
    return result;
  }

  private static BenchResult measure(JobContext context, BenchPlan plan) throws Exception {
    FairConfig config = context.config();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    ClusterShape shape = ClusterShape.of(spark.sc());
    int taskCores = shape.taskCpus();
    int slots = shape.tasks();
    int executors = shape.executors();
    Workers workers =
        Workers.of(context.lazySpark(), config, TrainingChoice.of(config, context.lazySpark()));
    SourceFiles files = SourceFiles.make(plan.bench().sourceSize());
    Broadcast<SourceFiles> source = spark.broadcast(files);
    List<Measured> stages = new ArrayList<>();
    OutputRoot tables =
        OutputRoot.of(
            context.hadoop(),
            new Path(context.root().path(), "_fair_bench-" + UUID.randomUUID()).toString());
    try (Progress progress = context.progress("measure", 5, "parts")) {
      progress.note("decode, resize, filter, corrupt, compare");
      stages.addAll(
          context.step(
              "measure kernels",
              () -> together(spark, slots, 1, task -> CoreKernels.measure(plan, source.value()))));
      progress.add(1);
      progress.note("restore");
      stages.addAll(
          context.step(
              "measure inference",
              () ->
                  together(
                      spark, slots, taskCores, t -> NetworkKernels.inference(plan, taskCores))));
      progress.add(1);
      progress.note("train");
      int threads = workers.threads();
      stages.addAll(
          context.step(
              "measure training",
              () ->
                  together(
                      spark,
                      workers.count(),
                      threads,
                      task -> NetworkKernels.training(plan, workers))));
      progress.add(1);
      progress.note("average");
      Map<String, Timing> averaging =
          context.step(
              "measure averaging", () -> AveragingKernels.measure(spark, plan, workers.count()));
      progress.add(1);
      progress.note("write and read tables");
      Map<String, Timing> written =
          context.step(
              "measure tables",
              () -> {
                try (OutputLock lock = context.lock(tables)) {
                  return new TableBench(context.spark(), plan, tables, lock, slots).measure(files);
                }
              });
      written.forEach((stage, timing) -> stages.add(new Measured(stage, timing, slots, 1)));
      averaging.forEach((stage, timing) -> stages.add(new Measured(stage, timing, 1, 1)));
      progress.add(1);
      return result(
          context.root().path(FILE), config, plan, executors, slots, workers, stages, averaging);
    } finally {
      source.destroy();
      tables.fileSystem().delete(tables.path(), true);
    }
  }

  /** Runs the work in that many tasks at the same time and merges their measurements. */
  private static List<Measured> together(
      JavaSparkContext spark, int tasks, int threads, Function<Integer, Map<String, Timing>> work) {
    List<Map<String, Timing>> all =
        spark
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(task -> new LinkedHashMap<>(work.call(task)))
            .map(measured -> (Map<String, Timing>) measured)
            .collect();
    List<Measured> stages = new ArrayList<>();
    for (String stage : all.get(0).keySet()) {
      Timing timing = Timing.together(all.stream().map(m -> m.get(stage)).toList());
      stages.add(new Measured(stage, timing, tasks, threads));
    }
    return stages;
  }

  private static BenchResult result(
      Path file,
      FairConfig config,
      BenchPlan plan,
      int executors,
      int slots,
      Workers workers,
      List<Measured> stages,
      Map<String, Timing> averaging) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages.forEach(stage -> seconds.put(stage.stage(), stage.timing().seconds()));
    double driver = averaging.get(AveragingKernels.MEAN).seconds();
    double round = averaging.get(AveragingKernels.ROUND).seconds();
    AveragingCost cost =
        new AveragingCost(
            StateBytes.of(plan.shape()),
            Math.max(0, round - workers.count() * driver),
            driver,
            plan.bench().gigabits() * 1e9 / 8);
    TrainingPlan training =
        new TrainingPlan(
            config.seed(),
            "bench",
            plan.bench().trainingImages(),
            config.corruption().variants(),
            plan.size().height(),
            plan.size().width(),
            plan.trainingBatch(),
            config.training().averagingFrequency(),
            plan.bench().executors(),
            config.training().epochs(),
            config.training().rate());
    InferenceEngine engine = EngineChoice.of(config.evaluation().engine(), plan.shape()).engine();
    String chosen = NetworkKernels.restoring(engine);
    // Executors may run on other machines than the driver does.
    String restore = seconds.containsKey(chosen) ? chosen : NetworkKernels.RESTORE_DL4J;
    int tasks = Math.max(1, slots * plan.bench().executors() / executors);
    Estimate estimate = Estimate.of(plan, seconds, tasks, training, cost, restore);
    String machine =
        "%s; %s with %d %s at a time; %s"
            .formatted(
                Versions.line(),
                executors == 1 ? "1 executor" : executors + " executors",
                slots,
                slots == 1 ? "task" : "tasks",
                workers.describe());
    return new BenchResult(
        file, plan, machine, executors, stages, estimate, cost, training.epochs());
  }
}
