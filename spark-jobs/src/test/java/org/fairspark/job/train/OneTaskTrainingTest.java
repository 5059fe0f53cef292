package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairspark.job.train.SmallTraining.SHAPE;
import static org.fairspark.job.train.SmallTraining.assertSame;
import static org.fairspark.job.train.SmallTraining.ids;
import static org.fairspark.job.train.SmallTraining.plan;
import static org.fairspark.job.train.SmallTraining.samples;
import static org.fairspark.job.train.SmallTraining.serial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.LocalSpark;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.network.NetworkWeights;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.Checkpoint;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelStore;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneTaskTrainingTest {
  private static final long SEED = 4;
  private static final Provenance PROVENANCE = Provenance.of(Map.of("what", "noise"));

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private final LongAccumulator seen = spark.sc().longAccumulator();

  @TempDir private Path folder;

  private ModelStore model() {
    return new ModelStore(OutputRoot.of(spark.hadoopConfiguration(), folder.toString()), "bottle");
  }

  private OneTaskTraining.Answer train(TrainingPlan plan) {
    OneTaskTraining task =
        new OneTaskTraining(
            new SerializableConfiguration(spark.hadoopConfiguration()),
            folder.toString(),
            ModelStore.MODELS,
            "",
            PROVENANCE,
            SHAPE,
            SEED,
            plan,
            new Workers(1, 1, false, TrainingChoice.DL4J),
            seen);
    return BlockPartitioning.dealOnce(spark, spark.parallelize(samples(), 3), ids(), plan)
        .coalesce(1)
        .mapPartitions(task)
        .collect()
        .get(0);
  }

  @Test
  void oneTaskTrainsTheModelThatASerialLoopTrains() throws Exception {
    TrainingPlan plan = plan(1, 3, 1e-3);
    assertThat(train(plan).diverged()).as("divergence").isNull();
    Checkpoint end = model().newestCheckpoint(PROVENANCE, SHAPE).orElseThrow();
    assertSame(end.state(), serial(plan, NetworkWeights.initial(SHAPE, SEED)));
    assertThat(end.history()).as("epochs").hasSize(3);
    assertThat(seen.value()).as("samples").isEqualTo(3L * plan.images());
  }

  @Test
  void aTaskThatIsTriedAgainGoesOnFromTheCheckpoint() throws Exception {
    TrainingPlan plan = plan(1, 4, 1e-3);
    NetworkWeights start = NetworkWeights.initial(SHAPE, SEED);
    List<Checkpoint> states = new ArrayList<>();
    serialUntil(plan, start, states);
    model().writeCheckpoint(states.get(1), PROVENANCE);
    train(plan);
    assertThat(seen.value()).as("samples of the two missing epochs").isEqualTo(2L * plan.images());
    assertSame(
        model().newestCheckpoint(PROVENANCE, SHAPE).orElseThrow().state(), serial(plan, start));
  }

  /** Trains by averaging's own loop with one worker, which has a listener. */
  private void serialUntil(TrainingPlan plan, NetworkWeights start, List<Checkpoint> states) {
    var blocks = BlockPartitioning.deal(spark, spark.parallelize(samples(), 1), ids(), plan);
    List<EpochSummary> history = new ArrayList<>();
    new ParameterAveraging(
            plan,
            new DirectAveraging(
                spark.sc(), plan, blocks, new Workers(1, 1, false, TrainingChoice.DL4J)))
        .train(
            start,
            0,
            new EpochLoop.Listener() {
              @Override
              public void afterRound(List<WorkerReport> reports) {}

              @Override
              public void afterEpoch(EpochSummary summary, NetworkWeights state) {
                history.add(summary);
                states.add(new Checkpoint(state, history, Duration.ofSeconds(1)));
              }
            });
    blocks.unpersist();
  }

  @Test
  void divergenceIsAnAnswerAndKeepsTheLastGoodCheckpoint() throws Exception {
    DivergedException diverged = train(plan(1, 3, 1e30)).diverged();
    assertThat(diverged).as("divergence").isNotNull();
    assertThat(diverged).hasMessageContaining("training of bottle diverged");
  }

  @Test
  void blocksComeBackFromDiskAsTheyWere() throws Exception {
    List<TrainingBlock> blocks =
        List.of(
            new TrainingBlock(3, samples().subList(0, 2)),
            new TrainingBlock(0, samples().subList(2, 3)),
            new TrainingBlock(7, List.of()));
    Path file = folder.resolve("spool");
    try (BlockSpool spool = BlockSpool.of(blocks.iterator(), file.toFile())) {
      for (TrainingBlock block : blocks) {
        assertThat(spool.read(block.number()))
            .as("block %d", block.number())
            .usingRecursiveComparison()
            .isEqualTo(block.samples());
      }
    }
    assertThat(file).as("the file, closed").doesNotExist();
  }
}
