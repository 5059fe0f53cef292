package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.inference.Inspections;
import org.fairspark.inference.TrainingChoice;
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
  public TrainPlan plan(JobContext context) throws Exception {
    FairConfig config = context.config();
    MethodTrainings.of(config.detectionMethod()).steps().forEach(step -> step.check(context));
    Engine engine = Engine.of(context);
    Workers workers = Workers.of(context.lazySpark(), config, engine.choice());
    ClusterShape shape = context.lazySpark().shape();
    MemoryPlan training =
        MemoryPlan.ofTraining(
            config,
            workers.engine().engine(),
            workers.count(),
            workers.together(shape.executors()),
            shape.tasksPerExecutor());
    TrainPlan plan =
        context.expected().isPresent()
            ? expected(context, context.expected().get(), workers, training)
            : prepared(context, workers, training);
    plan.requireScores();
    if (engine.obstacle().isPresent() && !plan.trained()) {
      throw engine.obstacle().get();
    }
    return plan;
  }

  /**
   * The engine that trains, and why it cannot, if so: a build or a machine without it still sets
   * the thresholds of networks that were trained elsewhere.
   */
  private record Engine(TrainingChoice choice, Optional<FairException> obstacle) {
    static Engine of(JobContext context) {
      try {
        TrainingChoice choice = TrainingChoice.of(context.config(), context.lazySpark());
        return new Engine(choice, Optional.empty());
      } catch (FairException e) {
        return new Engine(TrainingChoice.NOTHING_TO_TRAIN, Optional.of(e));
      }
    }
  }

  /** Plans on images that prepare is to make yet. */
  private static TrainPlan expected(
      JobContext context, ExpectedImages images, Workers workers, MemoryPlan training) {
    checkInspection(context, images.train().keySet());
    return new TrainPlan(
        context.config(),
        images,
        workers,
        withCalibration(context.config(), training, context.lazySpark().conf()),
        new TreeMap<>());
  }

  /** Plans on the images and models that are there. */
  private static TrainPlan prepared(JobContext context, Workers workers, MemoryPlan training)
      throws Exception {
    FairConfig config = context.config();
    Table images = PreparedTables.images(context.root(), config);
    Table samples = PreparedTables.samples(context.root(), config, images);
    ExpectedImages there =
        new ExpectedImages(
            PreparedTables.rows(images, config, Split.TRAIN),
            PreparedTables.rows(images, config, Split.CALIBRATION),
            PreparedTables.rows(images, config, Split.TEST));
    checkInspection(context, there.train().keySet());
    TrainingRun run = new TrainingRun(context, context.root(), images, samples, workers);
    SortedMap<String, List<TrainingState>> states = new TreeMap<>();
    for (String category : there.train().keySet()) {
      List<TrainingState> steps = new ArrayList<>();
      for (TrainingStep step : MethodTrainings.of(config.detectionMethod()).steps()) {
        steps.add(step.state(run, category));
      }
      states.put(category, steps);
    }
    return new TrainPlan(
        config,
        there,
        workers,
        withCalibration(config, training, context.lazySpark().conf()),
        states);
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
    for (String category : plan.images().train().keySet()) {
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
