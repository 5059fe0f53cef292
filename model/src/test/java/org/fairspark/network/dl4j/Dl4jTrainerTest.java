package org.fairspark.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

public class Dl4jTrainerTest {
  @Test
  void aStateWithoutMomentsTrainsAsOneWithZeroMoments() {
    UnetSpec shape = new UnetSpec(1, 2, true);
    NetworkWeights initial = NetworkWeights.initial(shape, 5);
    float[] input = noise(2 * 256, 1);
    float[] target = noise(6 * 256, 2);
    NetworkWeights[] after = new NetworkWeights[2];
    for (int i = 0; i < 2; i++) {
      try (Dl4jTrainer network = Dl4jTrainer.create(shape, 9)) {
        network.step(input, target, 2, 16, 16, 1e-2); // leaves moments behind
        network.load(i == 0 ? initial : NetworkWeights.weights(shape, initial.parameters(), 0));
        network.step(input, target, 2, 16, 16, 1e-2);
        after[i] = network.weights();
      }
    }
    assertThat(after[1].parameters()).as("parameters").isEqualTo(after[0].parameters());
    assertThat(after[1].firstMoment()).as("first moments").isEqualTo(after[0].firstMoment());
  }

  private static final UnetSpec SHAPE = new UnetSpec(1, 8, true);
  private static final int N = 2;
  private static final int SIZE = 32;
  private static final float[] INPUT = noise(N * SIZE * SIZE, 1);
  private static final float[] TARGET = noise(N * 3 * SIZE * SIZE, 2);

  public static float[] noise(int length, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  private static List<Double> train(Dl4jTrainer network, int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(network.step(INPUT, TARGET, N, SIZE, SIZE, 1e-3).total());
    }
    return losses;
  }

  private static NetworkWeights trained(long seed, int steps) {
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, seed)) {
      train(network, steps);
      return network.weights();
    }
  }

  private static void assertSame(NetworkWeights actual, NetworkWeights expected) {
    assertThat(actual.parameters()).as("parameters").isEqualTo(expected.parameters());
    assertThat(actual.firstMoment()).as("first moments").isEqualTo(expected.firstMoment());
    assertThat(actual.secondMoment()).as("second moments").isEqualTo(expected.secondMoment());
    assertThat(actual.iteration()).as("iteration").isEqualTo(expected.iteration());
  }

  @Test
  void trainingLowersTheLoss() {
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 1)) {
      List<Double> losses = train(network, 15);
      assertThat(losses.get(14)).as("loss after 14 steps").isLessThan(0.8 * losses.get(0));
    }
  }

  @Test
  void twoRunsAreEqualBitForBit() {
    assertSame(trained(5, 4), trained(5, 4));
  }

  @Test
  void aResumedRunEqualsAnUnbrokenOneBitForBit() {
    NetworkWeights unbroken = trained(5, 5);
    try (Dl4jTrainer network = Dl4jTrainer.of(trained(5, 2))) {
      train(network, 3);
      assertSame(network.weights(), unbroken);
    }
  }

  @Test
  void aStateSurvivesLoading() {
    NetworkWeights state = trained(6, 2);
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 99)) {
      network.load(state);
      assertSame(network.weights(), state);
    }
  }

  @Test
  void networksOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
    NetworkWeights alone = trained(7, 3);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Callable<NetworkWeights> task = () -> trained(7, 3);
      for (Future<NetworkWeights> future : threads.invokeAll(List.of(task, task, task))) {
        assertSame(future.get(), alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void restoresEachImageForItself() {
    try (Dl4jTrainer network = Dl4jTrainer.of(trained(8, 3))) {
      float[] both = network.restore(INPUT, N, SIZE, SIZE);
      float[] second = Arrays.copyOfRange(INPUT, SIZE * SIZE, 2 * SIZE * SIZE);
      float[] alone = network.restore(second, 1, SIZE, SIZE);
      assertThat(both).as("two restorations").hasSize(N * 3 * SIZE * SIZE);
      assertThat(Arrays.copyOfRange(both, 3 * SIZE * SIZE, both.length))
          .as("the second image in a batch and alone")
          .containsExactly(alone, org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void restoresManyLargeImagesInPartsWithTheSameResult() {
    int side = 256;
    int n = 18; // more than are restored at a time
    float[] input = noise(n * side * side, 12);
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 4)) {
      float[] all = network.restore(input, n, side, side);
      for (int i : new int[] {0, 8, 9, 17}) {
        float[] one = Arrays.copyOfRange(input, i * side * side, (i + 1) * side * side);
        assertThat(network.restore(one, 1, side, side))
            .as("image %d alone", i)
            .isEqualTo(Arrays.copyOfRange(all, i * 3 * side * side, (i + 1) * 3 * side * side));
      }
    }
  }

  @Test
  void takesOtherSizesAndChannelsAndWorksWithoutSkips() {
    UnetSpec shape = new UnetSpec(3, 5, false);
    try (Dl4jTrainer network = Dl4jTrainer.create(shape, 1)) {
      for (int[] size : List.of(new int[] {16, 48}, new int[] {32, 16}, new int[] {16, 48})) {
        int plane = size[0] * size[1];
        Loss loss =
            network.step(noise(3 * plane, 3), noise(3 * plane, 4), 1, size[0], size[1], 1e-3);
        assertThat(loss.isFinite()).as("loss at %d x %d", size[0], size[1]).isTrue();
        assertThat(network.restore(noise(6 * plane, 3), 2, size[0], size[1]))
            .as("restoration at %d x %d", size[0], size[1])
            .hasSize(6 * plane);
      }
    }
  }

  @Test
  void skipsMatter() {
    NetworkWeights with = NetworkWeights.initial(SHAPE, 1);
    UnetSpec bare = new UnetSpec(1, 8, false);
    NetworkWeights without = NetworkWeights.initial(bare, 1);
    try (Dl4jTrainer a = Dl4jTrainer.of(with);
        Dl4jTrainer b = Dl4jTrainer.of(without)) {
      assertThat(a.restore(INPUT, N, SIZE, SIZE))
          .as("restoration with skips and without")
          .isNotEqualTo(b.restore(INPUT, N, SIZE, SIZE));
    }
  }

  @Test
  void divergenceIsReportedAndCanBeUndone() {
    NetworkWeights good = trained(9, 1);
    try (Dl4jTrainer network = Dl4jTrainer.of(good)) {
      float[] spoiled = INPUT.clone();
      spoiled[17] = Float.NaN;
      assertThat(network.step(spoiled, TARGET, N, SIZE, SIZE, 1e-3).isFinite())
          .as("loss of a spoiled batch is finite")
          .isFalse();
      network.load(good);
      assertThat(network.step(INPUT, TARGET, N, SIZE, SIZE, 1e-3).isFinite())
          .as("loss after the last good state was loaded is finite")
          .isTrue();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.restore(INPUT, N, SIZE, SIZE / 2))
          .withMessageContaining("expected input of 2 x 1 x 32 x 16 = 1024 values, got 2048");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.restore(INPUT, N, 64, 24))
          .withMessageContaining("multiples of 16");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.step(INPUT, INPUT, N, SIZE, SIZE, 1e-3))
          .withMessageContaining("expected target");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.step(INPUT, TARGET, N, SIZE, SIZE, Double.NaN))
          .withMessageContaining("learning rate");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.load(NetworkWeights.initial(new UnetSpec(2, 8, true), 1)))
          .withMessageContaining("inputChannels=2");
    }
  }

  @Test
  void cannotBeUsedOnceClosed() {
    Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 1);
    network.close();
    network.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> network.restore(INPUT, N, SIZE, SIZE))
        .withMessageContaining("closed");
  }
}
