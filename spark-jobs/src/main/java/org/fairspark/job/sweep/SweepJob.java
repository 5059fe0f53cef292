package org.fairspark.job.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrialGroup;
import org.fairspark.config.TrialGroups;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.TextureListing;
import org.fairspark.failure.FairException;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.train.MethodTrainings;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.MemoryLimits;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;

/**
 * The job {@code sweep}: runs every combination of a grid of settings, as often as asked for, and
 * compares them. {@code sweep.mode} says whether trials are trained side by side, each in one task,
 * or one after another, each on all executors; what they have in common is made once: images, their
 * corruptions, samples, models.
 *
 * <h2>Input</h2>
 *
 * Images under {@code data.root}; {@code sweep.grid} or {@code sweep.cells}.
 *
 * <h2>Output</h2>
 *
 * Under {@code output.root}: {@code shared/} (tables and models), {@code cells/CELL/REPETITION/}
 * (maps, metrics and a manifest each), {@code sweep.csv}, {@code sweep.json} and {@code
 * report/index.html}. A finished trial is recorded at once; the same command goes on where it was
 * interrupted and repeats none.
 *
 * <h2>Example</h2>
 *
 * <pre>
 * ./submit.sh sweep --conf data/mvtec.conf --conf sweeps/filters.conf --set data.root=/data/mvtec_ad
 * </pre>
 */
public final class SweepJob implements Job<SweepPlan, SweepResult> {
  @Override
  public SweepPlan plan(JobContext context) {
    SweepPlan plan = SweepPlan.of(context.config());
    for (TrialGroup group : plan.groups()) {
      // What a training could not begin with is told before any cell is run.
      JobContext cell = context.with("train", group.config());
      MethodTrainings.of(group.config().detectionMethod())
          .steps()
          .forEach(step -> step.check(cell));
      untrainable(group, context.lazySpark()).ifPresent(context.terminal()::warn);
    }
    // What is run is listed, and told, by each set of images' own preparing.
    return context.dryRun() ? plan.with(files(context, plan)) : plan;
  }

  /**
   * Returns what to tell of networks that cannot be trained here, before hours are spent on other
   * cells; these are run all the same.
   */
  static Optional<String> untrainable(TrialGroup group, LazySpark spark) {
    FairConfig config = group.config();
    if (!config.detectionMethod().trainsGraphs(config.detection())) {
      return Optional.empty();
    }
    try {
      TrainingChoice.of(config, spark);
      return Optional.empty();
    } catch (FairException e) {
      return Optional.of(
          "%s cannot be trained here: %s; %s".formatted(group.name(), e.what(), e.remedy()));
    }
  }

  private static List<String> files(JobContext context, SweepPlan plan) {
    LazySpark spark = context.lazySpark();
    DatasetReader reader = new DatasetReader(spark.hadoop(), spark::context);
    List<String> lines = new ArrayList<>();
    plan.trials().stream()
        .map(trial -> trial.config().data())
        .distinct()
        .forEach(
            data -> {
              ImageListing listing = reader.list(data);
              listing.requireTraining();
              lines.add("data     " + listing.root());
              lines.addAll(listing.lines());
            });
    plan.trials().stream()
        .map(Trial::config)
        .filter(config -> config.samplesPerImage() > 0)
        .filter(config -> config.effective("corruption").containsKey("corruption.textures"))
        .flatMap(config -> config.corruption().textures().stream())
        .distinct()
        .forEach(
            folder ->
                lines.addAll(TextureListing.of(spark.hadoop(), spark::context, folder).lines()));
    return lines;
  }

  /** Returns the memory that is enough for the largest of the trials. */
  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    boolean sideBySide = TrialGroups.sideBySide(config);
    return TrialGroups.of(config).stream()
        .map(group -> ofTrial(group.config(), conf, sideBySide))
        .reduce(ofTrial(config, conf, sideBySide), MemoryPlan::or);
  }

  /** Side by side, every task of an executor trains a model of its own. */
  private static MemoryPlan ofTrial(FairConfig config, SparkConf conf, boolean sideBySide) {
    if (!sideBySide) {
      return new RunJob().memory(config, conf);
    }
    int tasks = MemoryLimits.tasksTogether(conf);
    return MemoryPlan.ofTraining(config, MemoryPlan.engine(config), 1, tasks, tasks)
        .and(new EvaluateJob().memory(config, conf));
  }

  @Override
  public SweepResult execute(JobContext context, SweepPlan plan) throws Exception {
    OutputRoot root = context.root();
    Instant began = Instant.now();
    SweepResults results = new SweepResults(root, plan);
    Set<Trial> open = new LinkedHashSet<>(plan.trials());
    open.removeIf(results::isDone);
    int already = plan.trials().size() - open.size();
    if (already > 0) {
      context
          .terminal()
          .info("%d of %d runs are done already".formatted(already, plan.trials().size()));
    }
    TrialRunner runner = new TrialRunner(context, root, results, open);
    if (plan.sideBySide()) {
      new SideBySide(context, runner, context.lock()).run(open);
    } else {
      oneAfterAnother(context, runner, context.lock(), open);
    }
    return results.write(context, began, runner.failed());
  }

  private static void oneAfterAnother(
      JobContext context, TrialRunner runner, OutputLock lock, Set<Trial> open) throws Exception {
    int number = 0;
    for (Trial trial : open) {
      lock.requireHeld();
      context
          .terminal()
          .info("run %d of %d: %s".formatted(++number, open.size(), trial.describe()));
      Instant start = Instant.now();
      if (runner.prepare(trial)) {
        runner.attempt(
            trial,
            () -> {
              new TrainJob().run(context.with("train", trial.config(), runner.root(trial)));
              runner.finish(trial, start, Duration.between(start, Instant.now()));
            });
      }
    }
  }
}
