package org.fairspark.job.train;

import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Method;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.NewCalibration;
import org.fairspark.store.table.Table;

/**
 * The calibration of a category's trained networks: by which engine, from which settings, and the
 * thresholds themselves.
 *
 * @param images the table that has the category's images
 * @param held images that none of the networks was trained on
 */
record NetworkCalibration(JobContext context, String category, Table images, HeldOut held) {

  /** Returns the engine that {@code score} would choose on this machine and with these settings. */
  InferenceEngine engine() {
    FairConfig config = context.config();
    return config.scoringMethod().trainsGraphs(config.detection())
        ? InferenceEngine.ONNX
        : EngineChoice.of(config.score().engine(), config.detection().networkSpec()).engine();
  }

  /**
   * Returns all that decides the thresholds.
   *
   * @param model all that decides the networks
   * @throws org.fairspark.failure.FairException if the file of regions cannot be read or used
   */
  Provenance provenance(Provenance model) {
    FairConfig config = context.config();
    Method method = config.scoringMethod();
    Provenance settings =
        Provenance.of(
                config.effective(
                    "calibration",
                    "evaluation.gradient",
                    "evaluation.color-weight",
                    "evaluation.color-order",
                    "evaluation.scales",
                    "evaluation.smoothing",
                    "evaluation.score",
                    "evaluation.pixel-score"))
            .with("score.engine", engine().name().toLowerCase(Locale.ROOT))
            .with("model", model.fingerprint());
    return CalibrationStage.inspected(
        method.name().equals(RestorationMethod.NAME)
            ? settings
            : settings.with("method", method.name()),
        spark(),
        config,
        category);
  }

  /**
   * Sets the thresholds.
   *
   * @param detector of the trained networks
   */
  NewCalibration run(DetectorSource detector) {
    return CalibrationStage.run(
        spark(),
        context.config(),
        category,
        CategoryRows.normalImages(context.spark(), category, images),
        held,
        detector,
        engine());
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
  }
}
