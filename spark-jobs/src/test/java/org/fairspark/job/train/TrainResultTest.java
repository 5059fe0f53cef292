package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.network.UnetSpec;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelCalibration;
import org.junit.jupiter.api.Test;

class TrainResultTest {
  private static final List<EpochSummary> HISTORY =
      List.of(new EpochSummary(0, 30, 0.5, 0.5, 2, 1), new EpochSummary(1, 30, 0.25, 0.5, 4, 3));

  private static StepResult trained(UnetSpec.Head head) {
    return trained(head, 2);
  }

  private static StepResult trained(UnetSpec.Head head, int workers) {
    return new StepResult(
        "bottle",
        "models",
        StepResult.Outcome.TRAINED,
        Optional.of(
            FitSummary.of(
                new MethodNetwork(
                    "model", "models", new UnetSpec(1, 2, true, head), Optional.empty()),
                HISTORY,
                30,
                new Workers(workers, 1, false, TrainingChoice.DL4J))),
        Optional.of(ModelCalibration.none("no image is held out")));
  }

  private static StepResult found(StepResult.Outcome outcome) {
    return new StepResult("cable", "models", outcome, Optional.empty(), Optional.empty());
  }

  @Test
  void linesAreMadeFromTheFigures() {
    assertThat(new TrainResult(List.of(trained(UnetSpec.Head.RESTORATION))).summary())
        .containsExactly(
            "bottle               loss 0.7500 (l2 0.25000, SSIM 0.5000) after 2 epochs of 30"
                + " samples, 10.0 samples/s, 2 workers of 1 native thread each, 33 % of the time"
                + " in averaging",
            "bottle               not calibrated, because no image is held out");
    assertThat(trained(UnetSpec.Head.MASK).lines().get(0)).contains("focal loss 0.75000 after");
    assertThat(trained(UnetSpec.Head.RESTORATION, 1).lines().get(0))
        .as("a worker that has nobody to average with")
        .endsWith("10.0 samples/s, 1 worker of 1 native thread");
    assertThat(found(StepResult.Outcome.UP_TO_DATE).lines())
        .containsExactly("cable                model is up to date, nothing to do");
    assertThat(
            new StepResult(
                    "cable",
                    "models",
                    StepResult.Outcome.CALIBRATED,
                    Optional.empty(),
                    Optional.of(ModelCalibration.none("no image is held out")))
                .lines())
        .as("thresholds that could not be set are not said to be")
        .containsExactly("cable                not calibrated, because no image is held out");
  }

  @Test
  void programsGetTheSameFigures() {
    TrainResult result =
        new TrainResult(
            List.of(trained(UnetSpec.Head.RESTORATION), found(StepResult.Outcome.RECALIBRATED)));
    assertThat(result.details())
        .containsExactly(
            entry(
                "networks",
                List.of(
                    Map.of(
                        "category",
                        "bottle",
                        "folder",
                        "models",
                        "outcome",
                        "trained",
                        "epochs",
                        2,
                        "images",
                        30,
                        "loss",
                        0.75,
                        "samples_per_second",
                        10.0,
                        "averaging_share",
                        2 / 6.0,
                        "workers",
                        2),
                    Map.of("category", "cable", "folder", "models", "outcome", "recalibrated"))));
  }
}
