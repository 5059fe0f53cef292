package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.fairspark.job.train.SmallTraining.IMAGES;
import static org.fairspark.job.train.SmallTraining.SHAPE;
import static org.fairspark.job.train.SmallTraining.assertSame;
import static org.fairspark.job.train.SmallTraining.ids;
import static org.fairspark.job.train.SmallTraining.plan;
import static org.fairspark.job.train.SmallTraining.samples;
import static org.fairspark.job.train.SmallTraining.serial;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.LocalSpark;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.network.NetworkWeights;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterAveragingTest {
  private static final Workers PLAIN = new Workers(1, 1, false, TrainingChoice.DL4J);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  private static final class Recorder implements EpochLoop.Listener {
    private final List<EpochSummary> epochs = new ArrayList<>();
    private final List<NetworkWeights> states = new ArrayList<>();

    @Override
    public void afterRound(List<WorkerReport> reports) {
      assertThat(WorkerReport.samples(reports)).as("samples of a round").isBetween(1, IMAGES);
    }

    @Override
    public void afterEpoch(EpochSummary summary, NetworkWeights state) {
      epochs.add(summary);
      states.add(state);
    }
  }

  private NetworkWeights distributed(
      TrainingPlan plan, NetworkWeights start, int firstEpoch, int partitions, Recorder recorder) {
    return distributed(plan, start, firstEpoch, partitions, recorder, PLAIN, false);
  }

  private NetworkWeights distributed(
      TrainingPlan plan,
      NetworkWeights start,
      int firstEpoch,
      int partitions,
      Recorder recorder,
      Workers workers,
      boolean sliced) {
    JavaRDD<TrainingBlock> blocks =
        BlockPartitioning.deal(spark, spark.parallelize(samples(), partitions), ids(), plan);
    try {
      Averaging averaging =
          sliced
              // Some 30 slices, the last of each vector shorter.
              ? new SlicedAveraging(spark.sc(), plan, blocks, workers, SHAPE.stateLength() / 10)
              : new DirectAveraging(spark.sc(), plan, blocks, workers);
      return new ParameterAveraging(plan, averaging).train(start, firstEpoch, recorder);
    } finally {
      blocks.unpersist();
    }
  }

  @ParameterizedTest
  // Nine workers are more than there are images.
  @ValueSource(ints = {1, 2, 3, 9})
  void theClusterTrainsTheModelThatASerialLoopTrains(int workers) {
    TrainingPlan plan = plan(workers, 3, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    NetworkWeights expected = serial(plan, start);
    assertSame(distributed(plan, start, 0, 1, new Recorder()), expected);
    assertSame(distributed(plan, start, 0, 4, new Recorder()), expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void averagesOfExecutorsAreThoseOfTheDriver(int workers) {
    TrainingPlan plan = plan(workers, 2, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    Recorder direct = new Recorder();
    Recorder sliced = new Recorder();
    NetworkWeights expected = distributed(plan, start, 0, 4, direct, PLAIN, false);
    assertSame(distributed(plan, start, 0, 4, sliced, PLAIN, true), expected);
    assertThat(sliced.epochs.stream().map(EpochSummary::loss).toList())
        .as("losses, to the last bit")
        .isEqualTo(direct.epochs.stream().map(EpochSummary::loss).toList());
  }

  @Test
  void aResumedRunEndsWhereAnUnbrokenOneEnds() {
    TrainingPlan plan = plan(2, 4, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    Recorder recorder = new Recorder();
    NetworkWeights unbroken = distributed(plan, start, 0, 2, recorder);
    assertThat(recorder.epochs).as("summaries").hasSize(4);
    assertThat(recorder.epochs).as("samples").allMatch(e -> e.samples() == IMAGES);
    assertSame(distributed(plan, recorder.states.get(1), 2, 3, new Recorder()), unbroken);
  }

  @Test
  void workersThatChangeTheirThreadsLearnTheSame() {
    // Two blocks an epoch: enough for two trials of the other number.
    TrainingPlan plan = plan(1, AdaptiveThreads.BLOCKS_BETWEEN_TRIALS + 6, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    Recorder steady = new Recorder();
    Recorder changing = new Recorder();
    distributed(plan, start, 0, 2, steady, new Workers(1, 2, false, TrainingChoice.DL4J), false);
    distributed(plan, start, 0, 2, changing, new Workers(1, 2, true, TrainingChoice.DL4J), false);
    assertThat(AdaptiveThreads.ofProcess(SHAPE, plan, 2).hasTrained(1))
        .as("one thread was tried")
        .isTrue();
    assertThat(changing.epochs.get(plan.epochs() - 1).loss())
        .as("loss of the last epoch")
        .isCloseTo(steady.epochs.get(plan.epochs() - 1).loss(), withinPercentage(1));
  }

  @Test
  void theLossFalls() {
    TrainingPlan plan = plan(2, 12, 5e-3);
    Recorder recorder = new Recorder();
    distributed(plan, NetworkWeights.initial(SHAPE, 1), 0, 2, recorder);
    assertThat(recorder.epochs.get(11).loss())
        .as("loss of the last epoch against the first's")
        .isLessThan(0.9 * recorder.epochs.get(0).loss());
  }

  @Test
  void adamsMomentsAndStatisticsTravelWithTheParameters() {
    TrainingPlan plan = plan(2, 1, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    NetworkWeights end = distributed(plan, start, 0, 2, new Recorder());
    assertThat(end.firstMoment()).as("first moment").isNotEqualTo(start.firstMoment());
    assertThat(end.secondMoment()).as("second moment").isNotEqualTo(start.secondMoment());
    assertThat(end.tensor("encoder.block1.1.running_mean"))
        .as("running mean")
        .isNotEqualTo(start.tensor("encoder.block1.1.running_mean"));
  }

  @Test
  void aDivergedRunStopsAndSaysWhere() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    float[] spoiled = start.parameters().clone();
    spoiled[0] = Float.NaN;
    NetworkWeights broken =
        new NetworkWeights(SHAPE, spoiled, start.firstMoment(), start.secondMoment(), 0);
    for (boolean sliced : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> distributed(plan(2, 2, 1e-3), broken, 0, 1, new Recorder(), PLAIN, sliced))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("epoch 1")
          .hasMessageContaining("batch 0");
    }
  }

  @Test
  void parametersThatAreNoNumbersEndTheEpochThatMadeThem() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    float[] moment = start.firstMoment().clone();
    moment[0] = Float.MAX_VALUE;
    NetworkWeights spoiled =
        new NetworkWeights(SHAPE, start.parameters(), moment, start.secondMoment(), 0);
    Recorder recorder = new Recorder();
    // One step of each worker, the loss of which is that of the good parameters.
    assertThatThrownBy(() -> distributed(plan(9, 2, 1), spoiled, 0, 1, recorder))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("epoch 1");
    assertThat(recorder.epochs).as("epochs that a checkpoint was written of").isEmpty();
  }
}
