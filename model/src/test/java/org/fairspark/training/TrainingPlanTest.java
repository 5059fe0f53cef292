package org.fairspark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
  private static TrainingPlan plan(
      int images, int variants, int batch, int frequency, int workers) {
    return new TrainingPlan(
        7,
        "bottle",
        images,
        variants,
        32,
        32,
        batch,
        frequency,
        workers,
        10,
        LearningRate.paper(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"60,4,8,8,1", "60,4,8,8,2", "61,3,8,2,3", "1,1,8,8,1", "3,2,8,8,8", "100,1,1,1,4"})
  void everyEpochShowsEveryImageOnce(
      int images, int variants, int batch, int frequency, int workers) {
    TrainingPlan plan = plan(images, variants, batch, frequency, workers);
    for (int epoch = 0; epoch < 5; epoch++) {
      int variant = epoch % variants;
      int[] blockOf = plan.deal(variant);
      int[] samplesInBlock = new int[plan.blocks()];
      Arrays.stream(blockOf).forEach(block -> samplesInBlock[block]++);
      Set<Integer> seen = new HashSet<>();
      int samples = 0;
      for (int[] round : plan.rounds(epoch)) {
        assertThat(round.length).as("workers in a round").isBetween(1, workers);
        for (int block : round) {
          assertThat(seen.add(block)).as("block %d comes once in epoch %d", block, epoch).isTrue();
          assertThat(samplesInBlock[block])
              .as("samples in block %d", block)
              .isBetween(1, batch * frequency);
          samples += samplesInBlock[block];
        }
      }
      assertThat(samples).as("samples in epoch %d", epoch).isEqualTo(images);
    }
  }

  @Test
  void fewImagesAreSharedEvenlyAmongWorkers() {
    assertThat(plan(60, 1, 8, 8, 1).blockSize()).as("one worker takes all").isEqualTo(60);
    assertThat(plan(60, 1, 8, 8, 2).blockSize()).as("two take half each").isEqualTo(30);
    assertThat(plan(3, 1, 8, 8, 8).blockSize()).as("more workers than images").isEqualTo(1);
    assertThat(plan(3, 1, 8, 8, 8).rounds(0)).as("rounds").hasSize(1);
    assertThat(plan(1000, 1, 8, 4, 2).blockSize()).as("batch size times frequency").isEqualTo(32);
  }

  @Test
  void ordersDifferBetweenEpochsAndRepeatForTheSameSeed() {
    TrainingPlan plan = plan(64, 2, 8, 8, 1);
    int[] first = plan.order(0, 0, 64);
    assertThat(plan.order(0, 0, 64)).as("the same epoch again").isEqualTo(first);
    assertThat(plan.order(0, 2, 64)).as("another epoch").isNotEqualTo(first);
    assertThat(Arrays.stream(first).sorted().toArray())
        .as("a permutation")
        .isEqualTo(IntStream.range(0, 64).toArray());
    assertThat(plan.deal(0)).as("the deal repeats").isEqualTo(plan.deal(0));
    List<int[]> rounds = plan.rounds(3);
    assertThat(rounds.get(0)[0]).as("epoch 3 takes variant 1").isEqualTo(1);
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> plan(0, 1, 8, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at least 1, got 0");
  }
}
