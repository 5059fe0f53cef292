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
import org.fairspark.inference.TrainingChoice;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.evaluate.EvaluateResult;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.prepare.PrepareResult;
import org.fairspark.job.prepare.SharedCorruptions;
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

/** The steps that every trial of a sweep takes, and the reasons why trials failed. */
final class TrialRunner {
  /** A step of a trial. */
  interface TrialStep {
    void run() throws Exception;
  }

  private final JobContext context;
  private final OutputRoot root;
  private final SweepResults results;
  private final Map<Trial, String> failed = Collections.synchronizedMap(new LinkedHashMap<>());

  /** A lock per folder of models that trials share. */
  private final Map<String, Object> models = new ConcurrentHashMap<>();

  /** The trials to do, by {@link Trial#corruption}. */
  private final Map<String, List<Trial>> byCorruption;

  /** Folders of samples that were prepared, with the reason why they could not be, or empty. */
  private final Map<String, String> prepared = new HashMap<>();

  /** Accounts of the files that samples were made from, by {@link Trial#samples}. */
  private final Map<String, Map<String, Object>> files = new ConcurrentHashMap<>();

  /**
   * Makes the runner of some trials.
   *
   * @param open the trials to do
   */
  TrialRunner(JobContext context, OutputRoot root, SweepResults results, Collection<Trial> open) {
    this.byCorruption = open.stream().collect(Collectors.groupingBy(Trial::corruption));
    this.context = context;
    this.root = root;
    this.results = results;
  }

  OutputRoot root(Trial trial) {
    return trial.root(root, context.hadoop());
  }

  /** Returns a copy of the reasons why trials failed. */
  Map<Trial, String> failed() {
    synchronized (failed) {
      return new LinkedHashMap<>(failed);
    }
  }

  /** Marks a trial as failed; the others go on, and the exit code tells it at the end. */
  void fail(Trial trial, String why) {
    if (failed.putIfAbsent(trial, why) == null) {
      context.terminal().warn(trial.describe() + " failed: " + why);
    }
  }

  /**
   * Takes a step of a trial; the trial fails with it.
   *
   * @return whether it succeeded
   * @throws InterruptedException if this thread is to end
   */
  boolean attempt(Trial trial, TrialStep step) throws InterruptedException {
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
   * Prepares a trial's images and samples, unless that was done for an earlier trial. Those of all
   * trials that differ from it in the filter only are prepared with it, from one set of corrupted
   * images.
   */
  boolean prepare(Trial trial) throws InterruptedException {
    if (!prepared.containsKey(trial.samples())) {
      Map<String, Trial> filters = new LinkedHashMap<>();
      byCorruption.get(trial.corruption()).forEach(t -> filters.putIfAbsent(t.samples(), t));
      try (SharedCorruptions shared = new SharedCorruptions()) {
        PrepareJob job =
            new PrepareJob(
                OptionalInt.empty(), Optional.of(shared).filter(s -> filters.size() > 1));
        for (Trial each : filters.values()) {
          boolean succeeded =
              attempt(
                  each,
                  () -> {
                    JobContext preparing = context.with("prepare", each.config(), root(each));
                    PrepareResult result = JobRunner.execute(job, preparing);
                    files.put(each.samples(), result.files().toDetails());
                  });
          prepared.put(each.samples(), succeeded ? "" : failed().get(each));
        }
      }
    }
    String why = prepared.get(trial.samples());
    if (!why.isEmpty()) {
      fail(trial, why);
    }
    return why.isEmpty();
  }

  /**
   * Takes the steps of a trial's training that come after the first, and then another. Where other
   * trials share the models, the first step is looked at once more: they may have set thresholds
   * for maps of their own, and wait meanwhile.
   *
   * @param shared whether others share its models
   * @param then what needs the models as this trial wants them
   */
  void trainFurther(Trial trial, boolean shared, TrialStep then) throws Exception {
    FairConfig config = trial.config();
    List<TrainingStep> steps = MethodTrainings.of(config.detectionMethod()).steps();
    List<TrainingStep> left =
        shared ? steps : steps.subList(Math.min(1, steps.size()), steps.size());
    OutputRoot trialRoot = root(trial);
    Object lock =
        models.computeIfAbsent(trialRoot.path(ModelStore.MODELS).toString(), path -> new Object());
    synchronized (lock) {
      if (!left.isEmpty()) {
        JobContext training = context.with("train", config, trialRoot);
        Table images = PreparedTables.images(trialRoot, config);
        Table samples = PreparedTables.samples(trialRoot, config, images);
        Workers workers =
            Workers.of(context.lazySpark(), config, TrainingChoice.of(config, context.lazySpark()));
        TrainingRun run = new TrainingRun(training, trialRoot, images, samples, workers);
        for (String category : PreparedTables.rows(images, config, Split.TRAIN).keySet()) {
          for (TrainingStep step : left) {
            step.run(run, category);
          }
        }
      }
      then.run();
    }
  }

  /**
   * Evaluates a trained trial and records it as finished.
   *
   * @param start when it began
   * @param took before now
   */
  void finish(Trial trial, Instant start, Duration took) throws Exception {
    FairConfig config = trial.config();
    OutputRoot trialRoot = root(trial);
    Instant now = Instant.now();
    EvaluateResult evaluated =
        JobRunner.execute(new EvaluateJob(), context.with("evaluate", config, trialRoot));
    // A run from the manifest must not write into the sweep's root.
    FairConfig alone = config.with("output.root", trialRoot.path().toString());
    TableManifest images = Table.open(trialRoot, ImagesTable.SPEC).manifest();
    RunManifest.write(
        trialRoot,
        "run",
        context.spark(),
        alone,
        new RunManifest.Data(images.fingerprint(), images.rows(), files.get(trial.samples())),
        start,
        Map.of());
    results.record(trial, evaluated.results(), took.plus(Duration.between(now, Instant.now())));
  }
}
