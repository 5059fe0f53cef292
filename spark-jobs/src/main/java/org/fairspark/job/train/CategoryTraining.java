package org.fairspark.job.train;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.ModelSource;
import org.fairspark.network.NetworkWeights;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.SparkMetrics;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.Checkpoint;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.NewCalibration;
import org.fairspark.store.model.PixelSource;
import org.fairspark.store.model.TrainingRecord;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;

/** The training of one category's network, to its folder under the output root. */
public final class CategoryTraining {
  private final JobContext context;
  private final OutputRoot root;
  private final ModelStore folder;
  private final String category;
  private final TrainingSpec spec;
  private final Workers workers;
  private boolean toldOfShare;

  public CategoryTraining(JobContext context, OutputRoot root, TrainingSpec spec, Workers workers) {
    this.context = context;
    this.root = root;
    this.folder = ModelStore.of(root, spec.network(), spec.category());
    this.category = spec.category();
    this.spec = spec;
    this.workers = workers;
  }

  /** A way to train the network from a checkpoint to the plan's end. */
  private interface Loop {
    Checkpoint train(TrainingPlan plan, Provenance provenance, Checkpoint start) throws Exception;
  }

  /** Trains, goes on with, or finds the model, by parameter averaging. */
  public StepResult run() throws Exception {
    return run(this::byAveraging);
  }

  /**
   * Trains in one Spark task, as {@link #run} does with workers; other trainings may run beside it.
   *
   * @param seen counts samples
   * @param skipped told of samples seen in earlier runs
   */
  public StepResult runInOneTask(LongAccumulator seen, LongConsumer skipped) throws Exception {
    return run(
        (plan, provenance, start) -> {
          skipped.accept((long) start.epochs() * plan.images());
          return inOneTask(plan, provenance, start, seen);
        });
  }

  /**
   * Looks at what is there of the model; nothing is written.
   *
   * @throws FairException if that is of other settings or data
   */
  public TrainingState state() throws IOException {
    Provenance provenance = provenance();
    if (folder.isFinished(provenance)) {
      return TrainingState.finished(
          spec.uncalibrated().isPresent()
              || folder.isCalibrated(calibration().provenance(provenance)));
    }
    return folder
        .newestCheckpoint(provenance, spec.network().spec())
        .map(c -> TrainingState.interrupted(c.epochs(), context.config().training().epochs()))
        .orElse(TrainingState.NEW);
  }

  private Provenance provenance() {
    return spec.provenance().with("workers", workers.count());
  }

  private StepResult run(Loop loop) throws Exception {
    FairConfig config = context.config();
    folder.repair();
    Provenance provenance = provenance();
    Provenance calibratedBy = calibration().provenance(provenance);
    if (folder.isFinished(provenance)) {
      if (folder.exportAgain(config)) {
        context
            .terminal()
            .info("%s: model.onnx is written, as export.size says".formatted(category));
      }
      return calibrateAgain(calibratedBy);
    }
    TrainingPlan plan = plan(config, imageIds().size());
    Optional<Checkpoint> checkpoint = folder.newestCheckpoint(provenance, spec.network().spec());
    Checkpoint start = checkpoint.orElseGet(() -> Checkpoint.before(spec.initial()));
    checkpoint.ifPresent(
        c ->
            context
                .terminal()
                .info(
                    "%s: going on after epoch %d of %d"
                        .formatted(category, c.epochs(), plan.epochs())));
    try {
      Checkpoint trained = loop.train(plan, provenance, start);
      Checkpoint end = trained.with(spec.completion().apply(trained.state()));
      NewCalibration calibration = calibrate(end.state());
      folder.finish(
          end,
          spec.backbone(),
          provenance,
          config,
          new TrainingRecord(plan, spec.repeats(), spec.held().ids(), end.duration()),
          new PixelSource(
              PreparedTables.bitDepth(spec.images(), category),
              PreparedTables.sampleOffset(spec.images(), category),
              spec.images().manifest().versions()),
          calibration,
          calibratedBy);
      return result(
          StepResult.Outcome.TRAINED,
          Optional.of(
              FitSummary.of(
                  spec.network(), end.history(), plan.images() / spec.repeats(), workers)),
          Optional.of(calibration.calibration()).filter(c -> spec.uncalibrated().isEmpty()));
    } catch (DivergedException e) {
      throw stopped(e, provenance);
    }
  }

  private NetworkCalibration calibration() {
    return new NetworkCalibration(context, category, spec.images(), spec.held());
  }

  private NewCalibration calibrate(NetworkWeights weights) {
    if (spec.uncalibrated().isPresent()) {
      return new NewCalibration(ModelCalibration.none(spec.uncalibrated().get()), Optional.empty());
    }
    FairConfig config = context.config();
    DetectorSource detector =
        DetectorSource.ofNetworks(
            config.scoringMethod().name(),
            config.detection(),
            Map.of(
                spec.network().name(),
                ModelSource.broadcast(
                    spark(),
                    calibration().engine(),
                    "calibration " + UUID.randomUUID(),
                    weights.withoutMoments())));
    try {
      return calibration().run(detector);
    } finally {
      detector.destroy();
    }
  }

  /**
   * Calibrates again where the thresholds' own settings changed, without training the model again.
   */
  private StepResult calibrateAgain(Provenance calibratedBy) throws IOException {
    if (spec.uncalibrated().isPresent() || folder.isCalibrated(calibratedBy)) {
      return result(StepResult.Outcome.UP_TO_DATE, Optional.empty(), Optional.empty());
    }
    NewCalibration calibration = calibrate(folder.state());
    folder.recalibrate(calibration, calibratedBy, context.config());
    return result(
        StepResult.Outcome.RECALIBRATED, Optional.empty(), Optional.of(calibration.calibration()));
  }

  private StepResult result(
      StepResult.Outcome outcome,
      Optional<StepFigures> fit,
      Optional<ModelCalibration> calibration) {
    return new StepResult(category, spec.network().folder(), outcome, fit, calibration);
  }

  private List<String> imageIds() {
    return CategoryRows.trainedOn(context.spark(), category, spec.images(), spec.held()).stream()
        .flatMap(id -> IntStream.range(0, spec.repeats()).mapToObj(i -> TrainingSpec.shown(id, i)))
        .sorted()
        .toList();
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
  }

  private Checkpoint byAveraging(TrainingPlan plan, Provenance provenance, Checkpoint start) {
    JavaRDD<TrainingBlock> blocks =
        BlockPartitioning.deal(spark(), spec.samples().get(), imageIds(), plan);
    try (Progress progress =
        context.progress("train " + category, (long) plan.epochs() * plan.images(), "samples")) {
      progress.skip((long) start.epochs() * plan.images());
      ProcessorShare share = new ProcessorShare(workers.threads());
      EpochRecorder recorder =
          new EpochRecorder(
              folder,
              provenance,
              start,
              round -> tell(round, share, progress),
              epoch -> tell(epoch, share, progress));
      NetworkWeights trained =
          ParameterAveraging.of(spark().sc(), plan, blocks, workers, start.state().spec())
              .train(start.state(), start.epochs(), recorder);
      return recorder.checkpoint(trained);
    } finally {
      blocks.unpersist();
    }
  }

  /** Counts a round, and says once if training gets little of its cores. */
  private void tell(List<WorkerReport> round, ProcessorShare share, Progress progress) {
    progress.add(WorkerReport.samples(round));
    // With a GPU the processor has little to do; a worker that adapts has tried fewer threads.
    if (workers.adaptThreads() || GpuStages.available(context.spark().sparkContext().conf())) {
      return;
    }
    share.add(round);
    if (share.advice().isPresent() && !toldOfShare) {
      toldOfShare = true;
      context.terminal().info("%s: %s".formatted(category, share.advice().get()));
    }
  }

  private void tell(EpochSummary epoch, ProcessorShare share, Progress progress) {
    progress.note(String.format(Locale.ROOT, "loss %.4f%s", epoch.loss(), share.remark()));
    SparkMetrics.loss(context.label(category), epoch.loss());
    SparkMetrics.averaged(Duration.ofNanos((long) (epoch.averagingSeconds() * 1e9)));
  }

  private Checkpoint inOneTask(
      TrainingPlan plan, Provenance provenance, Checkpoint start, LongAccumulator seen)
      throws IOException {
    if (start.epochs() == plan.epochs()) {
      return start;
    }
    OneTaskTraining task =
        new OneTaskTraining(
            new SerializableConfiguration(context.hadoop()),
            OneTaskTraining.parent(root, spec.network().folder()),
            spec.network().folder(),
            spec.network().part().orElse(""),
            provenance,
            spec.network().spec(),
            spec.weightsSeed(),
            plan,
            workers,
            seen);
    JavaRDD<TrainingBlock> blocks =
        BlockPartitioning.dealOnce(spark(), spec.samples().get(), imageIds(), plan).coalesce(1);
    DivergedException diverged =
        GpuStages.onGpu(blocks).mapPartitions(task).collect().get(0).diverged();
    if (diverged != null) {
      throw diverged;
    }
    Checkpoint end =
        folder
            .newestCheckpoint(provenance, spec.network().spec())
            .filter(checkpoint -> checkpoint.epochs() == plan.epochs())
            .orElseThrow(
                () ->
                    new IOException(
                        "the last epoch left no checkpoint: " + folder.describeCheckpoint()));
    SparkMetrics.loss(context.label(category), end.history().get(end.history().size() - 1).loss());
    return end;
  }

  private FairException stopped(DivergedException e, Provenance provenance) throws IOException {
    String remedy =
        "lower training.learning-rate (now %s)"
            .formatted(context.config().training().learningRate());
    Optional<Checkpoint> good = folder.newestCheckpoint(provenance, spec.network().spec());
    return FairException.failed(
        e.getMessage(),
        folder.describeCheckpoint(),
        good.isEmpty()
            ? remedy
            : remedy
                + ", with another output.root or without this checkpoint: it is the last good one,"
                + " of epoch "
                + good.get().epochs(),
        e);
  }

  private TrainingPlan plan(FairConfig config, int count) {
    if (count == 0) {
      throw FairException.failed(
          "category " + category + " has no training images",
          spec.images().path().toString(),
          "put normal images into its training folder, or leave it out of data.categories",
          null);
    }
    return new TrainingPlan(
        config.seed(),
        category,
        count,
        spec.variants(),
        config.image().size().height(),
        config.image().size().width(),
        config.training().batchSize(),
        config.training().averagingFrequency(),
        workers.count(),
        config.training().epochs(),
        config.training().rate());
  }
}
