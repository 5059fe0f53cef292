package org.fairspark.job.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.prepare.SharedCorruptions;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.job.train.MethodTrainings;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.Workers;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobRunner;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableManifest;

/** The steps that every run of a sweep takes, and what became of the runs that failed. */
final class SweepTrials {
  /** A step of a run. */
  interface Step {
    void run() throws Exception;
  }

  private final JobContext context;
  private final OutputRoot root;
  private final SweepResults results;
  private final Map<Trial, String> failed = Collections.synchronizedMap(new LinkedHashMap<>());

  /** By the folder that runs share. */
  private final Map<String, Object> models = new ConcurrentHashMap<>();

  /** The runs to do, by what of them has to be corrupted. */
  private final Map<String, List<Trial>> byCorruption;

  /** What was prepared for some run; nothing, or why it could not be. */
  private final Map<String, String> prepared = new HashMap<>();

  /**
   * The steps of some runs.
   *
   * @param open the runs to do
   */
  SweepTrials(JobContext context, OutputRoot root, SweepResults results, Collection<Trial> open) {
    this.byCorruption = open.stream().collect(Collectors.groupingBy(Trial::corruption));
    this.context = context;
    this.root = root;
    this.results = results;
  }

  OutputRoot root(Trial trial) {
    return trial.root(root, context.hadoop());
  }

  /** Why runs failed; a copy. */
  Map<Trial, String> failed() {
    synchronized (failed) {
      return new LinkedHashMap<>(failed);
    }
  }

  /** The others go on; what is missing is told at the end and by the exit code. */
  void fail(Trial trial, String why) {
    if (failed.putIfAbsent(trial, why) == null) {
      context.terminal().warn(trial.describe() + " failed: " + why);
    }
  }

  /**
   * Takes a step of a run; the run fails with it.
   *
   * @return whether it went well
   * @throws InterruptedException if this thread is to end
   */
  boolean attempt(Trial trial, Step step) throws InterruptedException {
    try {
      step.run();
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Also what Spark throws without declaring it.
      fail(trial, JobRunner.reason(e));
      return false;
    }
  }

  /**
   * Prepares a run's images and samples, unless that was done for an earlier run. Those of all runs
   * that differ from it in the filter only are prepared with it, from one set of corrupted images.
   */
  boolean prepare(Trial trial) throws InterruptedException {
    if (!prepared.containsKey(trial.preparation())) {
      Map<String, Trial> filters = new LinkedHashMap<>();
      byCorruption.get(trial.corruption()).forEach(t -> filters.putIfAbsent(t.preparation(), t));
      try (SharedCorruptions shared = new SharedCorruptions()) {
        PrepareJob job =
            new PrepareJob(
                OptionalInt.empty(), Optional.of(shared).filter(s -> filters.size() > 1));
        for (Trial each : filters.values()) {
          boolean good =
              attempt(each, () -> job.run(context.with("prepare", each.config(), root(each))));
          prepared.put(each.preparation(), good ? "" : failed().get(each));
        }
      }
    }
    String why = prepared.get(trial.preparation());
    if (!why.isEmpty()) {
      fail(trial, why);
    }
    return why.isEmpty();
  }

  /** Takes the steps of a run's training that come after the first. */
  void trainFurther(Trial trial) throws Exception {
    FairConfig config = trial.config();
    List<TrainingStep> steps = MethodTrainings.of(config.detectionMethod()).steps();
    if (steps.size() < 2) {
      return;
    }
    OutputRoot own = root(trial);
    JobContext training = context.with("train", config, own);
    // Runs that share their models share what comes after, too.
    Object shared =
        models.computeIfAbsent(own.path(ModelStore.RESTORATION).toString(), path -> new Object());
    synchronized (shared) {
      Table images = PreparedTables.images(own, config);
      Table samples = PreparedTables.samples(own, config, images);
      Workers workers = Workers.of(context.spark().sparkContext(), config.training());
      TrainingRun run = new TrainingRun(training, own, images, samples, workers);
      for (String category : PreparedTables.rows(images, config, Split.TRAIN).keySet()) {
        for (TrainingStep step : steps.subList(1, steps.size())) {
          step.run(run, category);
        }
      }
    }
  }

  /**
   * Evaluates a trained run and records it as finished.
   *
   * @param start when it began
   * @param took before now
   */
  void finish(Trial trial, Instant start, Duration took) throws Exception {
    FairConfig config = trial.config();
    OutputRoot own = root(trial);
    Instant now = Instant.now();
    new EvaluateJob().run(context.with("evaluate", config, own));
    // A run from the manifest must not write into the sweep's root.
    FairConfig alone = config.with("output.root", own.path().toString());
    TableManifest images = Table.open(own, ImagesTable.SPEC).manifest();
    RunManifest.write(
        own,
        "run",
        context.spark(),
        alone,
        new RunManifest.Data(images.fingerprint(), images.rows()),
        start,
        Map.of());
    results.record(trial, own, took.plus(Duration.between(now, Instant.now())));
  }
}
