package org.fairspark.job.train.exported;

import java.io.IOException;
import java.util.List;
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
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.DetectorSource;
import org.fairspark.job.train.CalibrationStage;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.StepFigures;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.features.BackboneFile;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.NewCalibration;
import org.fairspark.store.model.PixelSource;
import org.fairspark.store.table.PreparedTables;

/**
 * The thresholds of an exported detector, from the category's calibration images or, where the data
 * set has none, from all training images: nothing is learnt from them that could make them look
 * more normal than new ones.
 */
final class ThresholdsStep implements TrainingStep {
  @Override
  public void check(JobContext context) {
    BackboneFile.read(context).check(context.config(), OnnxBackbone::requireDetector);
  }

  @Override
  public String verb() {
    return "calibrate";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) {
    ModelStore store = new ModelStore(run.root(), category);
    Provenance provenance = BackboneFile.read(run.context()).decides(run, category);
    return store.isFinished(provenance)
        ? TrainingState.finished(
            store.isCalibrated(BackboneFile.decideThresholds(run, category, provenance)))
        : TrainingState.NEW;
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws IOException {
    ModelStore store = new ModelStore(run.root(), category);
    store.repair();
    BackboneFile file = BackboneFile.read(run.context());
    FairConfig config = run.context().config();
    Provenance provenance = file.decides(run, category);
    Provenance calibratedBy = BackboneFile.decideThresholds(run, category, provenance);
    boolean finished = store.isFinished(provenance);
    if (finished && store.isCalibrated(calibratedBy)) {
      return result(category, StepResult.Outcome.UP_TO_DATE, Optional.empty(), Optional.empty());
    }
    HeldOut normal = normalImages(run, category);
    NewCalibration calibration = calibrate(run, category, file, normal);
    if (finished) {
      store.recalibrate(calibration, calibratedBy, config);
      return result(
          category, StepResult.Outcome.RECALIBRATED, Optional.empty(), Optional.of(calibration));
    }
    Figures figures = new Figures(normal.ids().size());
    store.finishFitted(
        new SafeTensors(Map.of(), Map.of()),
        file.bytes(),
        provenance,
        config,
        figures.details(),
        new PixelSource(
            PreparedTables.bitDepth(run.images(), category),
            PreparedTables.sampleOffset(run.images(), category),
            run.images().manifest().versions()),
        calibration,
        calibratedBy);
    return result(
        category, StepResult.Outcome.TRAINED, Optional.of(figures), Optional.of(calibration));
  }

  /** Its images are detected in by tasks of their own, few of them: there is nothing to share. */
  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws IOException {
    return run(run, category);
  }

  private static HeldOut normalImages(TrainingRun run, String category) {
    SparkSession spark = run.context().spark();
    List<String> ids = CategoryRows.calibrationImageIds(spark, category, run.images());
    FairConfig config = run.context().config();
    return HeldOut.all(
        config.seed(),
        category,
        ids.isEmpty() ? CategoryRows.trainImageIds(spark, category, run.images()) : ids,
        config.calibration().falsePositiveRate());
  }

  private static NewCalibration calibrate(
      TrainingRun run, String category, BackboneFile file, HeldOut normal) {
    FairConfig config = run.context().config();
    SparkSession session = run.context().spark();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Dataset<Row> images = CategoryRows.normalImages(session, category, run.images());
    BackboneSource broadcast = file.broadcast(spark, config);
    try {
      DetectorSource detector =
          DetectorSource.ofFeatures(
              spark,
              config.detectionMethod(),
              config.detection(),
              broadcast,
              new SafeTensors(Map.of(), Map.of()));
      return CalibrationStage.run(
          spark, config, category, images, normal, detector, InferenceEngine.ONNX);
    } finally {
      broadcast.destroy();
    }
  }

  private static StepResult result(
      String category,
      StepResult.Outcome outcome,
      Optional<StepFigures> figures,
      Optional<NewCalibration> calibration) {
    return new StepResult(
        category,
        ModelStore.MODELS,
        outcome,
        figures,
        calibration.map(NewCalibration::calibration));
  }

  /**
   * The figures of a model that was not trained here.
   *
   * @param images that its thresholds come from
   */
  private record Figures(int images) implements StepFigures {
    @Override
    public String describe() {
      return "an exported detector, its thresholds from %d normal images".formatted(images);
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("model", "exported detector", "calibration_images", images);
    }
  }
}
