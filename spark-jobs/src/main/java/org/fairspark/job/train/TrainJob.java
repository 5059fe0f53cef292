package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.inference.Inspections;
import org.fairspark.runtime.ExpectedImages;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.LogContext;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;

/**
 * The job {@code train}: trains what the method needs for each category; networks by parameter
 * averaging over the executors.
 *
 * <h2>Input</h2>
 *
 * {@code images/} and {@code samples/} under {@code output.root}.
 *
 * <h2>Output</h2>
 *
 * {@code models/CATEGORY/}: the model and its manifest, and the loss of every epoch; further
 * networks of the method in folders beside it. While training goes on, the newest checkpoint; the
 * same command goes on from there after a kill.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh train --set output.root=/data/out --set training.epochs=30</pre>
 */
public final class TrainJob implements Job<TrainPlan, TrainResult> {
  @Override
  public TrainPlan plan(JobContext context) {
    FairConfig config = context.config();
    SparkContext spark = context.spark().sparkContext();
    MethodTrainings.of(config.detectionMethod()).steps().forEach(step -> step.check(context));
    Workers workers = Workers.of(spark, config.training());
    MemoryPlan training =
        MemoryPlan.ofTraining(
            config,
            workers.engine().engine(),
            workers.count(),
            workers.together(spark),
            ClusterShape.of(spark).tasksPerExecutor());
    SortedMap<String, Long> images =
        context
            .expected()
            .map(ExpectedImages::train)
            .orElseGet(() -> prepared(context, Split.TRAIN));
    checkInspection(context, images.keySet());
    return new TrainPlan(
        config,
        images,
        context
            .expected()
            .map(ExpectedImages::calibration)
            .orElseGet(() -> prepared(context, Split.CALIBRATION)),
        workers,
        withCalibration(config, training, spark.conf()));
  }

  /** Looks at what is to be inspected before anything is trained. */
  private static void checkInspection(JobContext context, Set<String> categories) {
    Set<String> unknown = Inspections.check(context.config(), context.hadoop(), categories);
    if (!unknown.isEmpty()) {
      context
          .terminal()
          .warn(
              "inspection.regions names %s, and the categories are %s"
                  .formatted(String.join(", ", unknown), String.join(", ", categories)));
    }
  }

  /** Returns the images of a split that prepare wrote. */
  private static SortedMap<String, Long> prepared(JobContext context, Split split) {
    Table images = PreparedTables.images(context.root(), context.config());
    PreparedTables.samples(context.root(), context.config(), images);
    return PreparedTables.rows(images, context.config(), split);
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return withCalibration(config, MemoryPlan.ofTraining(config, conf), conf);
  }

  /** Executors keep the trained network while they detect in held-out images as score does. */
  private static MemoryPlan withCalibration(
      FairConfig config, MemoryPlan training, SparkConf conf) {
    return config.calibration().share() > 0
        ? training.and(
            MemoryPlan.ofDetecting(config, config.scoringMethod(), config.score().engine(), conf))
        : training;
  }

  @Override
  public TrainResult execute(JobContext context, TrainPlan plan) throws Exception {
    FairConfig config = context.config();
    OutputRoot root = context.root();
    Workers workers = plan.workers();
    Table images = PreparedTables.images(root, config);
    Table samples = PreparedTables.samples(root, config, images);
    TrainingRun run = new TrainingRun(context, root, images, samples, workers);
    List<StepResult> done = new ArrayList<>();
    for (String category : plan.images().keySet()) {
      for (TrainingStep step : MethodTrainings.of(config.detectionMethod()).steps()) {
        done.add(
            context.step(
                step.verb() + " " + category,
                () ->
                    LogContext.within(
                        context.spark().sparkContext(),
                        LogContext.CATEGORY,
                        category,
                        () -> step.run(run, category))));
      }
    }
    return new TrainResult(done);
  }
}
