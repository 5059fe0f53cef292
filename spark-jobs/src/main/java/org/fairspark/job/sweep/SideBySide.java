package org.fairspark.job.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.job.train.MethodTrainings;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.Workers;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.OutputLock;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;

/**
 * The training of a sweep's models side by side: each whole in one Spark task, as many at a time as
 * tasks can run. A model that several trials need is trained once; the thread that trains a trial's
 * last missing model evaluates the trial before it trains another, so that no finished training
 * waits for its metrics.
 */
final class SideBySide {
  /** Models in Spark's queue where the number of executors changes. */
  private static final int MAX_AT_A_TIME = 64;

  private final JobContext context;
  private final TrialRunner runner;
  private final OutputLock lock;

  /** One model to train: for one category of all trials that share it. */
  private record ModelTraining(String category, String folder, List<Trial> trials) {}

  /** A trial that still waits for models of some categories. */
  private static final class PendingTrial {
    private final Set<String> categories = new HashSet<>();
    private final Instant start = Instant.now();
    private Duration took = Duration.ZERO;
  }

  private final Map<Trial, PendingTrial> pending = new HashMap<>();

  SideBySide(JobContext context, TrialRunner runner, OutputLock lock) {
    this.context = context;
    this.runner = runner;
    this.lock = lock;
  }

  /** Runs the trials; what fails is told to {@link TrialRunner}. */
  void run(Collection<Trial> open) throws Exception {
    SparkContext spark = context.spark().sparkContext();
    requireThreads(open, spark.conf());
    List<ModelTraining> trainings = plan(open);
    long samples =
        trainings.stream().mapToLong(t -> samples(t.trials().get(0), t.category())).sum();
    int atATime = Math.max(1, Math.min(atATime(spark), trainings.size()));
    context
        .terminal()
        .info(
            "%d runs, %d models to train, %d at a time"
                .formatted(open.size(), trainings.size(), atATime));
    LongAccumulator seen = spark.longAccumulator("training samples seen");
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(atATime, SideBySide::thread);
    try (Progress progress = context.progress("train side by side", samples, "samples")) {
      progress.follow(seen::value);
      List<Future<?>> futures = new ArrayList<>();
      for (ModelTraining training : trainings) {
        futures.add(
            threads.submit(
                () -> {
                  lock.requireHeld();
                  String position =
                      "model %d of %d".formatted(number.incrementAndGet(), trainings.size());
                  train(training, position, seen, progress);
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        await(future);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fair-sweep");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(Future<?> future) throws Exception {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /**
   * Refuses trials whose trainings ask for more or fewer threads than the cores of the Spark task
   * that each of them is.
   */
  private static void requireThreads(Collection<Trial> open, SparkConf conf) {
    int cores = TaskCores.of(conf);
    for (Trial trial : open) {
      int threads = trial.config().training().threads().orElse(1);
      if (threads != cores) {
        throw FairException.refused(
            "side by side, a model trains in one Spark task: that has %d cores, and training.threads is %d"
                .formatted(cores, threads),
            trial.describe(),
            "give --set training.threads=%d, or -- --conf spark.task.cpus=%d"
                .formatted(cores, threads));
      }
    }
  }

  /** Prepares what the trials need, and returns the models to train. */
  private List<ModelTraining> plan(Collection<Trial> open) throws InterruptedException {
    Map<String, ModelTraining> trainings = new LinkedHashMap<>();
    for (Trial trial : open) {
      lock.requireHeld();
      if (!runner.prepare(trial)) {
        continue;
      }
      runner.attempt(
          trial,
          () -> {
            PendingTrial waits = new PendingTrial();
            Table images = PreparedTables.images(runner.root(trial), trial.config());
            String folder = runner.root(trial).path("models").toString();
            for (String category :
                PreparedTables.rows(images, trial.config(), Split.TRAIN).keySet()) {
              waits.categories.add(category);
              trainings
                  .computeIfAbsent(
                      folder + "/" + category,
                      f -> new ModelTraining(category, folder, new ArrayList<>()))
                  .trials()
                  .add(trial);
            }
            pending.put(trial, waits);
          });
    }
    return List.copyOf(trainings.values());
  }

  private long samples(Trial trial, String category) {
    Table images = PreparedTables.images(runner.root(trial), trial.config());
    long rows = PreparedTables.rows(images, trial.config(), Split.TRAIN).getOrDefault(category, 0L);
    // What is no network is fitted in one pass.
    return trial.trainsNetworks()
        ? rows
            * MethodTrainings.of(trial.config().detectionMethod()).samplesOfImage()
            * trial.config().training().epochs()
        : rows;
  }

  private static int atATime(SparkContext spark) {
    SparkConf conf = spark.conf();
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return MAX_AT_A_TIME;
    }
    ClusterShape shape = ClusterShape.of(spark);
    return GpuStages.available(conf)
        ? shape.executors() * conf.getInt("spark.executor.resource.gpu.amount", 1)
        : shape.tasks();
  }

  private void train(
      ModelTraining training, String position, LongAccumulator seen, Progress progress)
      throws InterruptedException {
    Trial first = training.trials().get(0);
    Instant start = Instant.now();
    boolean trained =
        runner.attempt(
            first,
            () -> {
              JobContext trialContext = context.with("sweep", first.config(), runner.root(first));
              Table images = PreparedTables.images(trialContext.root(), first.config());
              Table samples = PreparedTables.samples(trialContext.root(), first.config(), images);
              Workers worker = Workers.one(context.lazySpark(), first.config());
              TrainingRun run =
                  new TrainingRun(trialContext, trialContext.root(), images, samples, worker);
              List<TrainingStep> steps =
                  MethodTrainings.of(first.config().detectionMethod()).steps();
              if (steps.isEmpty()) {
                return;
              }
              StepResult result =
                  trialContext.step(
                      "train %s: %s".formatted(first.describe(), training.category()),
                      () ->
                          steps
                              .get(0)
                              .runInOneTask(run, training.category(), seen, progress::skip));
              context
                  .terminal()
                  .info(
                      "%s, %s: %s"
                          .formatted(
                              position, first.describe(), String.join("\n", result.lines())));
            });
    Duration took = Duration.between(start, Instant.now());
    for (Trial trial : training.trials()) {
      if (!trained) {
        runner.fail(trial, runner.failed().get(first));
      } else if (isLast(trial, training.category(), trial.equals(first) ? took : Duration.ZERO)) {
        PendingTrial waits = pending.get(trial);
        runner.attempt(
            trial,
            () -> {
              Instant before = Instant.now();
              runner.trainFurther(
                  trial,
                  training.trials().size() > 1,
                  () -> {
                    Duration more = Duration.between(before, Instant.now());
                    runner.finish(trial, waits.start, waits.took.plus(more));
                  });
            });
      }
    }
  }

  /** Returns whether the trial has all its models now. */
  private boolean isLast(Trial trial, String category, Duration took) {
    synchronized (pending) {
      PendingTrial waits = pending.get(trial);
      waits.took = waits.took.plus(took);
      waits.categories.remove(category);
      return waits.categories.isEmpty();
    }
  }
}
