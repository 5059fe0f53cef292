package org.fairspark.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.training.LearningRate;
import org.fairspark.training.TrainingPlan;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final FairConfig CONFIG =
      ConfigLoader.load(
          List.of(),
          List.of(
              "image.size=32",
              "corruption.variants=2",
              "training.epochs=10",
              "training.batch-size=2",
              "training.averaging-frequency=5",
              "bench.images=1000",
              "bench.training-images=100",
              "bench.executors=4"));

  @Test
  void fewWorkersAverageOnTheDriverAndManyAmongThemselves() {
    // 100 MB, links of 1 GB a second: one copy out, as many back as there are workers.
    AveragingCost cost = new AveragingCost(100_000_000, 0.5, 0.02, 1e9);
    assertThat(cost.bytes(2)).as("bytes of two workers").isEqualTo(400_000_000);
    assertThat(cost.wireSeconds(2)).as("on the wire").isCloseTo(0.3, within(1e-12));
    assertThat(cost.seconds(2)).as("in all").isCloseTo(0.5 + 0.3 + 0.04, within(1e-12));
    // Out, seven eighths to the others, and the average back.
    assertThat(cost.bytes(8)).as("bytes of eight workers").isEqualTo(1_600_000_000);
    assertThat(cost.wireSeconds(8)).as("on the wire").isCloseTo(0.2875, within(1e-12));
    assertThat(cost.seconds(8)).as("in all").isCloseTo(0.5 + 0.2875 + 0.04, within(1e-12));
  }

  @Test
  void phasesAddUpTheirStages() {
    Map<String, Double> seconds = new HashMap<>();
    seconds.put(CoreKernels.DECODE_PNG, 0.04);
    seconds.put(CoreKernels.RESIZE, 0.01);
    seconds.put(TableBench.WRITE + "images/", 0.002);
    seconds.put(CoreKernels.SAMPLE, 0.008);
    seconds.put(TableBench.WRITE + "samples/", 0.001);
    seconds.put(NetworkKernels.TRAIN, 0.05);
    seconds.put(TableBench.READ + "images/", 0.001);
    seconds.put(CoreKernels.FILTER + "butterworth", 0.002);
    seconds.put(NetworkKernels.RESTORE_ONNX, 0.02);
    seconds.put(CoreKernels.ANOMALY, 0.004);
    seconds.put(TableBench.WRITE + "maps/", 0.003);
    seconds.put(CoreKernels.METRICS, 0.001);
    TrainingPlan training =
        new TrainingPlan(1, "bench", 100, 2, 32, 32, 2, 5, 4, 10, LearningRate.paper(1e-4));
    AveragingCost averaging = new AveragingCost(1000, 0.1, 0, 1e18);

    Estimate estimate =
        Estimate.of(
            BenchPlan.of(CONFIG), seconds, 8, training, averaging, NetworkKernels.RESTORE_ONNX);

    Estimate.Phase prepare = estimate.phases().get(0);
    // 1000 images of 52 ms and 200 samples of 9 ms, in 8 tasks.
    assertThat(prepare.total()).as("prepare").isCloseTo((52 + 1.8) / 8, within(1e-9));
    assertThat(prepare.bound()).as("bound of prepare").isEqualTo(CoreKernels.DECODE_PNG);
    assertThat(prepare.boundShare()).as("its share").isCloseTo(40 / 53.8, within(1e-9));
    // Ten blocks of ten samples: an epoch of four workers has three rounds of half a second.
    Estimate.Phase train = estimate.phases().get(1);
    assertThat(train.seconds().get(NetworkKernels.TRAIN)).as("steps").isCloseTo(15, within(1e-9));
    assertThat(train.seconds().get("averaging")).as("averaging").isCloseTo(3, within(1e-9));
    Estimate.Phase score = estimate.phases().get(2);
    assertThat(score.total()).as("score").isCloseTo(31 / 8.0, within(1e-9));
    assertThat(score.bound()).as("bound of score").isEqualTo(NetworkKernels.RESTORE_ONNX);
    assertThat(estimate.longest().name()).as("longest").isEqualTo("train");
  }

  @Test
  void timesAreForPeople() {
    assertThat(BenchResult.time(59.94)).isEqualTo("59.9 s");
    assertThat(BenchResult.time(600)).isEqualTo("10 min");
    assertThat(BenchResult.time(7980)).isEqualTo("2 h 13 min");
  }
}
