package org.fairspark.job.train;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inference.DetectorSource;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.NewCalibration;

/**
 * The last step of a method with several networks: the thresholds of all of them together, written
 * to the model that the first step left. Done again where a network or a setting of the thresholds
 * has changed.
 */
public final class CalibrationStep implements TrainingStep {
  @Override
  public String verb() {
    return "calibrate";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) {
    FairConfig config = run.context().config();
    boolean trained =
        config.scoringMethod().networks(config.detection()).stream()
            .allMatch(network -> ModelStore.of(run.root(), network, category).isThere());
    return trained
        ? TrainingState.finished(
            new ModelStore(run.root(), category)
                .isCalibrated(provenance(run, category, calibration(run, category))))
        : TrainingState.NEW;
  }

  private static NetworkCalibration calibration(TrainingRun run, String category) {
    JobContext context = run.context();
    HeldOut held = CategoryRows.heldOut(context.spark(), category, run.images(), context.config());
    return new NetworkCalibration(context, category, run.images(), held);
  }

  private static Provenance provenance(
      TrainingRun run, String category, NetworkCalibration calibration) {
    FairConfig config = run.context().config();
    Provenance networks = Provenance.of(Map.of("category", category));
    for (MethodNetwork network : config.scoringMethod().networks(config.detection())) {
      networks = networks.with(network.name(), ModelStore.of(run.root(), network, category).id());
    }
    return calibration.provenance(networks);
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    JobContext context = run.context();
    FairConfig config = context.config();
    Method method = config.scoringMethod();
    ModelStore model = new ModelStore(run.root(), category);
    NetworkCalibration calibration = calibration(run, category);
    Provenance provenance = provenance(run, category, calibration);
    if (model.isCalibrated(provenance)) {
      return result(category, StepResult.Outcome.UP_TO_DATE, Optional.empty());
    }
    DetectorSource detector =
        DetectorSource.broadcast(
            JavaSparkContext.fromSparkContext(context.spark().sparkContext()),
            method,
            config.detection(),
            calibration.engine(),
            run.root(),
            category);
    try {
      NewCalibration made = calibration.run(detector);
      model.recalibrate(made, provenance, config);
      return result(category, StepResult.Outcome.CALIBRATED, Optional.of(made.calibration()));
    } finally {
      detector.destroy();
    }
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return run(run, category);
  }

  private static StepResult result(
      String category, StepResult.Outcome outcome, Optional<ModelCalibration> calibration) {
    return new StepResult(category, ModelStore.MODELS, outcome, Optional.empty(), calibration);
  }
}
