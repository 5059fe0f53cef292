package org.fairspark.job.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.LocalSpark;
import org.fairspark.network.NativeBackend;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.NetworkState;
import org.fairspark.network.RestorationNetwork;
import org.fairspark.random.SeededRandom;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;
import org.fairspark.training.Worker;
import org.fairspark.training.WorkerResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterAveragingTest {
  private static final int SIZE = 16;
  private static final int IMAGES = 7;
  private static final int VARIANTS = 2;
  private static final NetworkShape SHAPE = new NetworkShape(1, 2, true);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  private static TrainingPlan plan(int workers, int epochs, double learningRate) {
    return new TrainingPlan(
        5, "bottle", IMAGES, VARIANTS, SIZE, SIZE, 2, 2, workers, epochs, learningRate);
  }

  private static List<TrainingSample> samples() {
    List<TrainingSample> samples = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      for (int variant = 0; variant < VARIANTS; variant++) {
        SeededRandom random = SeededRandom.of(9, "image " + image, variant);
        byte[] input = new byte[SIZE * SIZE * Float.BYTES];
        var floats =
            java.nio.ByteBuffer.wrap(input).order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        byte[] target = new byte[SIZE * SIZE * 3];
        for (int p = 0; p < SIZE * SIZE; p++) {
          floats.put((float) random.nextDouble(-0.5, 0.5));
        }
        for (int p = 0; p < target.length; p++) {
          target[p] = (byte) random.nextInt(256);
        }
        samples.add(new TrainingSample("image " + image, variant, input, target));
      }
    }
    return samples;
  }

  private static List<String> ids() {
    return samples().stream().map(TrainingSample::imageId).distinct().sorted().toList();
  }

  /** The plan's loop in this thread, with the model module alone. */
  private static NetworkState serial(TrainingPlan plan, NetworkState start) {
    List<String> ids = ids();
    Map<Integer, List<TrainingSample>> blocks = new TreeMap<>();
    for (TrainingSample sample : samples()) {
      int block = plan.deal(sample.variant())[ids.indexOf(sample.imageId())];
      blocks.computeIfAbsent(block, b -> new ArrayList<>()).add(sample);
    }
    blocks.values().forEach(b -> b.sort(Comparator.comparing(TrainingSample::imageId)));
    NativeBackend.setThreads(1);
    NetworkState state = start;
    try (RestorationNetwork network = RestorationNetwork.create(SHAPE, 0)) {
      for (int epoch = 0; epoch < plan.epochs(); epoch++) {
        for (int[] round : plan.rounds(epoch)) {
          List<WorkerResult> results = new ArrayList<>();
          for (int block : round) {
            results.add(Worker.train(network, state, blocks.get(block), block, plan, epoch));
          }
          state = ParameterAverage.of(results);
        }
      }
    }
    return state;
  }

  private static final class Recorder implements ParameterAveraging.EpochListener {
    private final List<EpochSummary> epochs = new ArrayList<>();
    private final List<NetworkState> states = new ArrayList<>();

    @Override
    public void afterRound(int samples) {
      assertThat(samples).as("samples of a round").isBetween(1, IMAGES);
    }

    @Override
    public void afterEpoch(EpochSummary summary, NetworkState state) {
      epochs.add(summary);
      states.add(state);
    }
  }

  private NetworkState distributed(
      TrainingPlan plan, NetworkState start, int firstEpoch, int partitions, Recorder recorder) {
    JavaRDD<TrainingBlock> blocks =
        BlockDealer.deal(spark, spark.parallelize(samples(), partitions), ids(), plan);
    try {
      return new ParameterAveraging(spark.sc(), plan, blocks, 1).train(start, firstEpoch, recorder);
    } finally {
      blocks.unpersist();
    }
  }

  private static void assertSame(NetworkState actual, NetworkState expected) {
    assertThat(actual.parameters())
        .as("parameters and statistics")
        .isEqualTo(expected.parameters());
    assertThat(actual.firstMoment()).as("first moment").isEqualTo(expected.firstMoment());
    assertThat(actual.secondMoment()).as("second moment").isEqualTo(expected.secondMoment());
    assertThat(actual.iteration()).as("iterations").isEqualTo(expected.iteration());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theClusterTrainsTheModelThatASerialLoopTrains(int workers) {
    TrainingPlan plan = plan(workers, 3, 1e-3);
    NetworkState start = NetworkState.initial(SHAPE, 1);
    NetworkState expected = serial(plan, start);
    assertSame(distributed(plan, start, 0, 1, new Recorder()), expected);
    assertSame(distributed(plan, start, 0, 4, new Recorder()), expected);
  }

  @Test
  void aResumedRunEndsWhereAnUnbrokenOneEnds() {
    TrainingPlan plan = plan(2, 4, 1e-3);
    NetworkState start = NetworkState.initial(SHAPE, 1);
    Recorder recorder = new Recorder();
    NetworkState unbroken = distributed(plan, start, 0, 2, recorder);
    assertThat(recorder.epochs).as("summaries").hasSize(4);
    assertThat(recorder.epochs).as("samples").allMatch(e -> e.samples() == IMAGES);
    assertSame(distributed(plan, recorder.states.get(1), 2, 3, new Recorder()), unbroken);
  }

  @Test
  void theLossFalls() {
    TrainingPlan plan = plan(2, 12, 5e-3);
    Recorder recorder = new Recorder();
    distributed(plan, NetworkState.initial(SHAPE, 1), 0, 2, recorder);
    assertThat(recorder.epochs.get(11).loss())
        .as("loss of the last epoch against the first's")
        .isLessThan(0.9 * recorder.epochs.get(0).loss());
  }

  @Test
  void adamsMomentsAndStatisticsTravelWithTheParameters() {
    TrainingPlan plan = plan(2, 1, 1e-3);
    NetworkState start = NetworkState.initial(SHAPE, 1);
    NetworkState end = distributed(plan, start, 0, 2, new Recorder());
    assertThat(end.firstMoment()).as("first moment").isNotEqualTo(start.firstMoment());
    assertThat(end.secondMoment()).as("second moment").isNotEqualTo(start.secondMoment());
    assertThat(end.tensor("encoder.block1.1.running_mean"))
        .as("running mean")
        .isNotEqualTo(start.tensor("encoder.block1.1.running_mean"));
  }

  @Test
  void aDivergedRunStopsAndSaysWhere() {
    NetworkState start = NetworkState.initial(SHAPE, 1);
    float[] spoiled = start.parameters().clone();
    spoiled[0] = Float.NaN;
    NetworkState broken =
        new NetworkState(SHAPE, spoiled, start.firstMoment(), start.secondMoment(), 0);
    assertThatThrownBy(() -> distributed(plan(1, 2, 1e-3), broken, 0, 1, new Recorder()))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("epoch 1")
        .hasMessageContaining("batch 0");
  }
}
