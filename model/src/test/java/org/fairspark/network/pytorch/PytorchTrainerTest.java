package org.fairspark.network.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.fairspark.network.CrossEntropyLoss;
import org.fairspark.network.FocalLoss;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PytorchTrainerTest {
  private static final UnetSpec SHAPE = new UnetSpec(1, 4, true);
  private static final int N = 2;
  private static final int SIZE = 32;
  private static final double RATE = 1e-3;
  private static final float[] INPUT = noise(N * SIZE * SIZE, 1);
  private static final float[] TARGET = noise(N * 3 * SIZE * SIZE, 2);

  @BeforeAll
  static void pytorch() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
  }

  private static Trainer pytorch(NetworkWeights weights) {
    return PytorchTrainer.of(weights, 2, OptionalInt.empty());
  }

  private static NetworkWeights train(Trainer trainer, int steps) {
    try (trainer) {
      for (int i = 0; i < steps; i++) {
        trainer.step(INPUT, TARGET, N, SIZE, SIZE, RATE);
      }
      return trainer.weights();
    }
  }

  private static void assertSame(NetworkWeights actual, NetworkWeights expected) {
    assertThat(actual.parameters()).as("parameters").isEqualTo(expected.parameters());
    assertThat(actual.firstMoment()).as("first moments").isEqualTo(expected.firstMoment());
    assertThat(actual.secondMoment()).as("second moments").isEqualTo(expected.secondMoment());
    assertThat(actual.iteration()).as("iteration").isEqualTo(expected.iteration());
  }

  /**
   * Compares everything that training learnt, but for rounding. A bias before a normalization has a
   * gradient of rounding noise, of which Adam makes steps of the whole learning rate: it has no
   * effect and is left out.
   */
  private static void assertClose(NetworkWeights actual, NetworkWeights expected, float offset) {
    for (UnetSpec.TensorSpec tensor : expected.spec().tensors()) {
      if (isBiasBeforeNormalization(tensor.name())) {
        continue;
      }
      if (tensor.trainable()) {
        assertClose(tensor, actual.firstMoment(), expected.firstMoment(), "mean of gradients");
        assertClose(tensor, actual.secondMoment(), expected.secondMoment(), "mean of squares");
      }
      assertThat(actual.tensor(tensor.name()))
          .as(tensor.name())
          .containsExactly(expected.tensor(tensor.name()), Offset.offset(offset));
    }
    assertThat(actual.iteration()).as("iteration").isEqualTo(expected.iteration());
  }

  /** Compares relatively to a tensor's largest value. */
  private static void assertClose(
      UnetSpec.TensorSpec tensor, float[] actual, float[] expected, String what) {
    int from = tensor.momentOffset();
    float[] values = Arrays.copyOfRange(expected, from, from + tensor.length());
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(Arrays.copyOfRange(actual, from, from + tensor.length()))
        .as("%s of %s", what, tensor.name())
        .containsExactly(values, Offset.offset(1e-3f * largest));
  }

  private static boolean isBiasBeforeNormalization(String tensor) {
    return tensor.matches(".*(block|db)\\d\\.[03]\\.bias|.*up\\d\\.1\\.bias");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, true, RESTORATION, 48, 16",
    "3, 2, false, RESTORATION, 16, 32",
    "2, 2, true, MASK, 32, 32",
    "3, 2, true, SOFT_MASK, 32, 32"
  })
  void aStepIsThatOfDl4j(
      int channels, int width, boolean skips, UnetSpec.Head head, int height, int wide) {
    UnetSpec spec = new UnetSpec(channels, width, skips, head);
    NetworkWeights start = NetworkWeights.initial(spec, 3);
    float[] input = noise(N * channels * height * wide, 4);
    float[] target = noise(N * head.channels() * height * wide, 5);
    try (Trainer ours = pytorch(start);
        Trainer theirs = Dl4jTrainer.of(start)) {
      Loss loss = ours.step(input, target, N, height, wide, RATE);
      Loss expected = theirs.step(input, target, N, height, wide, RATE);
      assertThat(loss.l2()).as("l2").isCloseTo(expected.l2(), within(1e-5));
      assertThat(loss.ssim()).as("ssim").isCloseTo(expected.ssim(), within(1e-5));
      // Adam's first step has the learning rate's size whatever the gradient's, in its direction.
      assertClose(ours.weights(), theirs.weights(), (float) (2.1 * RATE));
    }
  }

  @Test
  void eitherEngineGoesOnWithWhatTheOtherBegan() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 5);
    for (NetworkWeights half : List.of(train(Dl4jTrainer.of(start), 6), train(pytorch(start), 6))) {
      assertClose(train(pytorch(half), 1), train(Dl4jTrainer.of(half), 1), 1e-5f);
    }
  }

  @Test
  void aResumedRunEqualsAnUnbrokenOneBitForBit() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 5);
    NetworkWeights unbroken = train(pytorch(start), 4);
    assertSame(train(pytorch(train(pytorch(start), 2)), 2), unbroken);
  }

  @Test
  void aStateWithoutMomentsTrainsAsOneWithZeroMoments() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 5);
    try (Trainer trainer = pytorch(NetworkWeights.initial(SHAPE, 9))) {
      trainer.step(INPUT, TARGET, N, SIZE, SIZE, RATE); // leaves moments behind
      trainer.load(start.withoutMoments());
      trainer.step(INPUT, TARGET, N, SIZE, SIZE, RATE);
      assertSame(trainer.weights(), train(pytorch(start), 1));
    }
  }

  @Test
  void trainersOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 7);
    NetworkWeights alone = train(pytorch(start), 3);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Callable<NetworkWeights> task = () -> train(pytorch(start), 3);
      for (Future<NetworkWeights> future : threads.invokeAll(List.of(task, task, task))) {
        assertSame(future.get(), alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void nativeMemoryIsFreedEveryStep() throws IOException {
    UnetSpec spec = new UnetSpec(1, 1, true);
    float[] input = noise(32 * 64, 1);
    float[] target = noise(3 * 32 * 64, 2);
    try (PytorchTrainer trainer =
        PytorchTrainer.of(NetworkWeights.initial(spec, 1), 1, OptionalInt.empty())) {
      for (int step = 0; step < 200; step++) {
        trainer.step(input, target, 1, 32, 64, 1e-6);
      }
      int arrays = trainer.manager().getManagedArrays().size();
      long resident = resident();
      for (int step = 0; step < 500; step++) {
        trainer.step(input, target, 1, 32, 64, 1e-6);
      }
      assertThat(trainer.manager().getManagedArrays()).as("arrays that are kept").hasSize(arrays);
      // The smallest of a step's arrays that stayed behind would be as much.
      assertThat(resident() - resident).as("bytes of memory more").isLessThan(500 * 40_000L);
    }
  }

  /** Returns the bytes of memory that this process has now. */
  private static long resident() throws IOException {
    Path statistics = Path.of("/proc/self/statm");
    assumeTrue(Files.exists(statistics), "skipped: no " + statistics);
    return 4096 * Long.parseLong(Files.readString(statistics).split(" ", -1)[1]);
  }

  @Test
  void theFocalLossAndItsGradientAreOurs() {
    float[] logits = {-500, -3, -0.1f, 0, 0.2f, 4, 500, 1};
    float[] mask = {1, 0, 1, 0, 1, 0, 1, 1};
    float[] gradient = new float[logits.length];
    float[] expected = new float[logits.length];
    double loss = PytorchProbe.focal(logits, mask, gradient).total();
    assertThat(loss)
        .as("loss")
        .isCloseTo(FocalLoss.compute(logits, mask, expected).total(), within(1e-4));
    assertThat(gradient).as("gradient").containsExactly(expected, Offset.offset(1e-6f));
  }

  @Test
  void theCrossEntropyAndItsGradientAreOurs() {
    float[] logits = {-500, -3, -0.1f, 0, 0.2f, 4, 500, 1};
    float[] labels = {0.5f, 0, 1, 0.25f, 1, 0, 1, 0.75f};
    float[] gradient = new float[logits.length];
    float[] expected = new float[logits.length];
    double loss = PytorchProbe.crossEntropy(logits, labels, gradient).total();
    assertThat(loss)
        .as("loss")
        .isCloseTo(CrossEntropyLoss.compute(logits, labels, expected).total(), within(1e-4));
    assertThat(gradient).as("gradient").containsExactly(expected, Offset.offset(1e-6f));
  }

  @Test
  void divergenceIsReportedAndCanBeUndone() {
    NetworkWeights good = NetworkWeights.initial(SHAPE, 9);
    try (Trainer trainer = pytorch(good)) {
      float[] spoiled = INPUT.clone();
      spoiled[17] = Float.NaN;
      assertThat(trainer.step(spoiled, TARGET, N, SIZE, SIZE, RATE).isFinite())
          .as("loss of a spoiled batch is finite")
          .isFalse();
      trainer.load(good);
      assertThat(trainer.step(INPUT, TARGET, N, SIZE, SIZE, RATE).isFinite())
          .as("loss after the last good state was loaded is finite")
          .isTrue();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    NetworkWeights start = NetworkWeights.initial(SHAPE, 1);
    Trainer trainer = pytorch(start);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.step(INPUT, INPUT, N, SIZE, SIZE, RATE))
        .withMessageContaining("expected target");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.step(INPUT, TARGET, N, SIZE, SIZE, Double.NaN))
        .withMessageContaining("learning rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.step(noise(256, 1), noise(768, 2), 1, 16, 16, RATE))
        .withMessageContaining("larger images or batches");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.load(NetworkWeights.initial(new UnetSpec(2, 4, true), 1)))
        .withMessageContaining("inputChannels=2");
    trainer.close();
    trainer.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.load(start))
        .withMessageContaining("closed");
  }
}
