package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.SparkContext;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.job.prepare.PreparedTables;
import org.fairspark.network.NetworkSpec;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.spark.LogContext;
import org.fairspark.spark.MemoryLimits;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Table;
import org.fairspark.text.HumanUnits;

/**
 * Trains what the method needs for each category; networks by parameter averaging over the
 * executors.
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
public final class TrainJob implements Job {
  @Override
  public JobResult run(JobContext context) throws Exception {
    FairConfig config = context.config();
    OutputRoot root = context.root();
    Table images = PreparedTables.images(root, config);
    Table samples = PreparedTables.samples(root, config, images);
    SortedMap<String, Long> categories = PreparedTables.rows(images, config, Split.TRAIN);
    Workers workers = Workers.of(context.spark().sparkContext(), config.training());
    MemoryPlan memory = requireMemory(context, workers);
    if (context.dryRun()) {
      return JobResult.done(plan(categories, workers, memory, config));
    }
    TrainingRun run = new TrainingRun(context, root, images, samples, workers);
    List<String> lines = new ArrayList<>();
    try (OutputLock lock = context.lock(root)) {
      lock.requireHeld();
      for (String category : categories.keySet()) {
        for (TrainingStep step : MethodTrainings.of(config.detectionMethod()).steps()) {
          String trained =
              context.step(
                  step.verb() + " " + category,
                  () ->
                      LogContext.within(
                          context.spark().sparkContext(),
                          LogContext.CATEGORY,
                          category,
                          () -> step.run(run, category)));
          lines.addAll(trained.lines().toList());
        }
      }
    }
    return JobResult.done(lines);
  }

  /**
   * Checks the memory that training takes, and returns it.
   *
   * @throws FairException if an executor has less
   */
  public static MemoryPlan requireMemory(JobContext context, Workers workers) {
    SparkContext spark = context.spark().sparkContext();
    MemoryPlan memory =
        MemoryPlan.ofTraining(context.config(), workers.count(), workers.together(spark));
    MemoryLimits.of(spark.conf()).require(memory, "train");
    return memory;
  }

  /** Returns the plan as human-readable lines, from the number of images of each category. */
  public static List<String> plan(
      SortedMap<String, Long> categories, Workers workers, MemoryPlan memory, FairConfig config) {
    NetworkSpec shape =
        new NetworkSpec(
            config.filter().extractor().channels(), config.model().width(), config.model().skips());
    List<String> lines = new ArrayList<>();
    lines.add(
        "network: width %d, %,d parameters; %s"
            .formatted(shape.width(), shape.parameterCount(), workers.describe()));
    categories.forEach(
        (category, n) -> {
          int held =
              HeldOut.count(
                  Math.toIntExact(n),
                  config.calibration().share(),
                  config.calibration().falsePositiveRate());
          int epochs = config.training().epochs();
          lines.add(
              "%-20s %6d training images%s, %d epochs, %,d samples to see"
                  .formatted(
                      category,
                      n - held,
                      held == 0 ? "" : " and %d held out".formatted(held),
                      epochs,
                      (n - held) * epochs));
        });
    lines.add(
        "every averaging moves %s a worker"
            .formatted(HumanUnits.bytes(4L * (shape.stateLength() + 2L * shape.parameterCount()))));
    lines.addAll(memory.lines());
    return lines;
  }
}
