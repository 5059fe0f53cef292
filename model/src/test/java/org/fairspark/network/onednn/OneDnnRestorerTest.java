package org.fairspark.network.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import java.util.Arrays;
import java.util.List;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetSpec.Head;
import org.fairspark.network.backend.AlignedBuffer;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneDnnRestorerTest {
  @BeforeEach
  void whereOneDnnCanRestore() {
    assumeThat(OneDnnRestorer.unsuitable(new UnetSpec(1, 16, true)))
        .as("what keeps oneDNN from restoring here")
        .isEmpty();
  }

  /** Trains by steps large enough for weights and statistics unlike those of the start. */
  private static NetworkWeights trained(UnetSpec shape) {
    int plane = 32 * 32;
    try (Dl4jTrainer network = Dl4jTrainer.create(shape, 3)) {
      for (int step = 0; step < 8; step++) {
        float[] input = noise(2 * shape.inputChannels() * plane, step);
        float[] target = noise(2 * shape.head().channels() * plane, 9);
        network.step(input, target, 2, 32, 32, 1e-2);
      }
      return network.weights();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16, true, RESTORATION",
    "2, 16, true, RESTORATION",
    "3, 32, true, RESTORATION",
    "1, 48, false, RESTORATION",
    "6, 16, false, MASK"
  })
  void restoresAsTheNetworkThatWasTrained(int channels, int width, boolean skips, Head head) {
    NetworkWeights state = trained(new UnetSpec(channels, width, skips, head));
    try (Dl4jTrainer network = Dl4jTrainer.of(state);
        OneDnnRestorer oneDnn = OneDnnRestorer.of(state, 2)) {
      // Batch and size are free, and may change.
      for (int[] size :
          List.of(
              new int[] {1, 32, 32},
              new int[] {3, 16, 48},
              new int[] {1, 80, 64},
              new int[] {1, 128, 128})) {
        float[] input = noise(size[0] * channels * size[1] * size[2], 21);
        float[] expected = network.restore(input, size[0], size[1], size[2]);
        float largest = 1;
        for (float value : expected) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertThat(oneDnn.restore(input, size[0], size[1], size[2]))
            .as("restoration of %s", Arrays.toString(size))
            .containsExactly(expected, within(2e-5f * largest));
      }
    }
  }

  @Test
  void restoresTheSameEveryTime() {
    NetworkWeights state = trained(new UnetSpec(1, 16, true));
    float[] input = noise(2 * 64 * 64, 5);
    try (OneDnnRestorer one = OneDnnRestorer.of(state, 2);
        OneDnnRestorer other = OneDnnRestorer.of(state, 2)) {
      float[] first = one.restore(input, 2, 64, 64);
      assertThat(one.restore(input, 2, 64, 64)).as("again").isEqualTo(first);
      one.restore(noise(32 * 32, 6), 1, 32, 32);
      assertThat(one.restore(input, 2, 64, 64)).as("after another size").isEqualTo(first);
      assertThat(other.restore(input, 2, 64, 64)).as("by another").isEqualTo(first);
    }
  }

  @Test
  void givesItsMemoryBack() {
    NetworkWeights state = NetworkWeights.initial(new UnetSpec(1, 16, true), 1);
    // What belongs to the thread is grown before.
    restoreOnce(state);
    long before = AlignedBuffer.liveBytes();
    restoreOnce(state);
    assertThat(AlignedBuffer.liveBytes()).isEqualTo(before);
  }

  private static void restoreOnce(NetworkWeights state) {
    try (OneDnnRestorer oneDnn = OneDnnRestorer.of(state, 2)) {
      oneDnn.restore(noise(64 * 64, 1), 1, 64, 64);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 8, 128", "32, 2, 256", "64, 1, 128", "128, 1, 64"})
  void takesNoMoreMemoryThanIsPredicted(int width, int n, int size) {
    UnetSpec shape = new UnetSpec(1, width, true);
    NetworkWeights state = NetworkWeights.initial(shape, 1);
    long before = AlignedBuffer.liveBytes();
    try (OneDnnRestorer oneDnn = OneDnnRestorer.of(state, 2)) {
      oneDnn.restore(noise(n * size * size, 1), n, size, size);
      long taken = AlignedBuffer.liveBytes() - before;
      long predicted =
          MemoryEstimate.ofRestoring(InferenceEngine.ONEDNN, shape, n, size, size).totalBytes();
      // Working memory of the thread may have been there before.
      assertThat(taken).as("bytes of buffers").isBetween(predicted / 3, predicted);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalStateException()
        .isThrownBy(() -> OneDnnRestorer.of(NetworkWeights.initial(new UnetSpec(1, 8, true), 1), 1))
        .withMessageContaining("the network's width, 8, is not a multiple of 16");
    NetworkWeights state = NetworkWeights.initial(new UnetSpec(1, 16, true), 1);
    try (OneDnnRestorer oneDnn = OneDnnRestorer.of(state, 2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> oneDnn.restore(new float[100], 1, 16, 16))
          .withMessageContaining("1 x 1 x 16 x 16 = 256 values, got 100");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> oneDnn.restore(new float[10 * 16], 1, 10, 16))
          .withMessageContaining("multiples of 16");
    }
  }
}
