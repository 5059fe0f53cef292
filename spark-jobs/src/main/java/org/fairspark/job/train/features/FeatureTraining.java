package org.fairspark.job.train.features;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Method;
import org.fairspark.failure.FairException;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchFeatures;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.DetectorSource;
import org.fairspark.job.train.CalibrationStage;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.StepFigures;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.NewCalibration;
import org.fairspark.store.model.PixelSource;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.PreparedTables;

/**
 * The training of a method that fits something on a backbone's features, in one pass over the
 * training images; into {@code models/CATEGORY/}. A category that was interrupted is fitted again,
 * finished ones stay.
 *
 * @param fit what the method fits
 * @param <S> what is the same for all parts of the images
 * @param <P> what is known of a part
 */
public record FeatureTraining<S extends Serializable, P extends Serializable>(FeatureFit<S, P> fit)
    implements TrainingStep {
  /** Tasks per core, so that no core idles long at the end. */
  private static final int TASKS_PER_CORE = 3;

  /** Makes sure that the backbone is there and has the layers that are asked for. */
  @Override
  public void check(JobContext context) {
    BackboneFile.read(context).check(context.config(), OnnxBackbone::requireFeatureMaps);
  }

  @Override
  public String verb() {
    return "fit";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) {
    SparkSession session = run.context().spark();
    ModelStore store = new ModelStore(run.root(), category);
    HeldOut held = CategoryRows.heldOut(session, category, run.images(), run.context().config());
    Provenance provenance = provenance(BackboneFile.read(run.context()), run, category, held);
    return store.isFinished(provenance)
        ? TrainingState.finished(
            store.isCalibrated(BackboneFile.decideThresholds(run, category, provenance)))
        : TrainingState.NEW;
  }

  private static Provenance provenance(
      BackboneFile file, TrainingRun run, String category, HeldOut held) {
    return file.decides(run, category).with(Provenance.HELD_OUT, held.ids().size());
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    JobContext context = run.context();
    LongAccumulator seen = context.spark().sparkContext().longAccumulator("training images seen");
    HeldOut held = CategoryRows.heldOut(context.spark(), category, run.images(), context.config());
    long total = CategoryRows.trainedOn(context.spark(), category, run.images(), held).size();
    try (Progress progress = context.progress("fit " + category, total, "images")) {
      progress.follow(seen::value);
      return runInOneTask(run, category, seen, progress::skip);
    }
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    FairConfig config = run.context().config();
    ModelStore store = new ModelStore(run.root(), category);
    store.repair();
    BackboneFile file = BackboneFile.read(run.context());
    SparkSession session = run.context().spark();
    Dataset<Row> images = CategoryRows.normalImages(session, category, run.images());
    HeldOut held = CategoryRows.heldOut(session, category, run.images(), config);
    Provenance provenance = provenance(file, run, category, held);
    Provenance calibratedBy = BackboneFile.decideThresholds(run, category, provenance);
    BackboneSource backbone = file.broadcast(spark(run), config);
    Inputs inputs = new Inputs(run, store, category, images, held, backbone, calibratedBy);
    try {
      if (store.isFinished(provenance)) {
        return upToDate(inputs);
      }
      List<String> ids = CategoryRows.trainedOn(session, category, run.images(), held);
      if (ids.isEmpty()) {
        throw FairException.failed(
            "category " + category + " has no training images",
            run.images().path().toString(),
            "put normal images into its training folder, or leave it out of data.categories",
            null);
      }
      return fit(inputs, ids, file, provenance, seen);
    } finally {
      backbone.destroy();
    }
  }

  /**
   * The inputs of one category's training.
   *
   * @param images the normal ones
   * @param held images held out for thresholds
   * @param calibratedBy what decides the thresholds
   */
  private record Inputs(
      TrainingRun run,
      ModelStore store,
      String category,
      Dataset<Row> images,
      HeldOut held,
      BackboneSource backbone,
      Provenance calibratedBy) {
    FairConfig config() {
      return run.context().config();
    }
  }

  private StepResult fit(
      Inputs inputs,
      List<String> ids,
      BackboneFile file,
      Provenance provenance,
      LongAccumulator seen)
      throws IOException {
    TrainingRun run = inputs.run();
    String category = inputs.category();
    FairConfig config = inputs.config();
    Instant began = Instant.now();
    JavaSparkContext spark = spark(run);
    FeatureSettings settings = config.detection().features();
    PatchFeatures any = file.features(config, fit.extractor(settings));
    FeatureRows rows =
        new FeatureRows(
            spark,
            inputs
                .images()
                .select(
                    ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS)
                .toJavaRDD(),
            ids,
            inputs.backbone(),
            TaskCores.of(spark.sc().conf()),
            TASKS_PER_CORE * ClusterShape.of(spark.sc()).tasks(),
            FeatureRows.partImages(any),
            config.image().frame(),
            config.inference().shareGpus());
    long seed = SeededRandom.seed(config.seed(), "fit/" + category, 0);
    FeatureRows.Fitted<P> fitted = rows.fit(fit, settings, any.vectors().dimension(), seed, seen);
    Duration took = Duration.between(began, Instant.now());
    NewCalibration calibration = calibrate(inputs, fitted.model());
    fit.doubt(settings, fitted.all())
        .ifPresent(
            doubt -> inputs.run().context().terminal().warn(inputs.category() + ": " + doubt));
    Figures figures = new Figures(ids.size(), took.toMillis() / 1000.0, fit.describe(fitted.all()));
    Map<String, Object> training = new LinkedHashMap<>(figures.details());
    training.put("held_out", inputs.held().ids());
    training.put("seed", config.seed());
    inputs
        .store()
        .finishFitted(
            fitted.model(),
            file.bytes(),
            provenance,
            config,
            training,
            new PixelSource(
                PreparedTables.bitDepth(run.images(), category),
                PreparedTables.sampleOffset(run.images(), category),
                run.images().manifest().versions()),
            calibration,
            inputs.calibratedBy());
    return new StepResult(
        category,
        ModelStore.MODELS,
        StepResult.Outcome.TRAINED,
        Optional.of(figures),
        Optional.of(calibration.calibration()));
  }

  private static StepResult upToDate(Inputs inputs) throws IOException {
    String category = inputs.category();
    ModelStore store = inputs.store();
    if (store.isCalibrated(inputs.calibratedBy())) {
      return result(category, StepResult.Outcome.UP_TO_DATE, Optional.empty());
    }
    NewCalibration calibration = calibrate(inputs, store.fitted());
    store.recalibrate(calibration, inputs.calibratedBy(), inputs.config());
    return result(
        category, StepResult.Outcome.RECALIBRATED, Optional.of(calibration.calibration()));
  }

  private static StepResult result(
      String category, StepResult.Outcome outcome, Optional<ModelCalibration> calibration) {
    return new StepResult(category, ModelStore.MODELS, outcome, Optional.empty(), calibration);
  }

  private static NewCalibration calibrate(Inputs inputs, SafeTensors model) {
    FairConfig config = inputs.config();
    Method method = config.detectionMethod();
    JavaSparkContext spark = spark(inputs.run());
    // The caller frees the backbone; what was fitted goes with the Spark session.
    return CalibrationStage.run(
        spark,
        config,
        inputs.category(),
        inputs.images(),
        inputs.held(),
        DetectorSource.ofFeatures(spark, method, config.detection(), inputs.backbone(), model),
        InferenceEngine.ONNX);
  }

  private static JavaSparkContext spark(TrainingRun run) {
    return JavaSparkContext.fromSparkContext(run.context().spark().sparkContext());
  }

  /**
   * The figures of a fit.
   *
   * @param images that it was fitted to
   * @param seconds that it took, calibration not counted
   * @param model a human-readable description
   */
  private record Figures(int images, double seconds, String model) implements StepFigures {
    @Override
    public String describe() {
      return String.format(Locale.ROOT, "%s, of %d images in %.1f s", model, images, seconds);
    }

    @Override
    public Map<String, Object> details() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("images", images);
      details.put("seconds", seconds);
      details.put("model", model);
      return details;
    }
  }
}
