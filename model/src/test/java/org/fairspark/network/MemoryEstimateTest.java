package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import org.fairspark.network.backend.AlignedBuffer;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryEstimateTest {
  @ParameterizedTest
  @CsvSource({"16, true, 4, 128, 128", "32, true, 1, 128, 64", "16, false, 2, 64, 128"})
  void isWhatTrainingTakes(int width, boolean skips, int n, int h, int w) {
    UnetSpec shape = new UnetSpec(1, width, skips);
    long before = AlignedBuffer.liveBytes();
    try (Dl4jTrainer network = Dl4jTrainer.create(shape, 1)) {
      network.step(noise(n * h * w, 1), noise(3 * n * h * w, 2), n, h, w, 1e-4);
      long taken = AlignedBuffer.liveBytes() - before;
      // ND4J holds parameters, gradients and moments; ours are the weights' copies.
      long others = 4 * (2L * shape.stateLength() + 2L * shape.parameterCount());
      long predicted =
          MemoryEstimate.ofTraining(TrainingEngine.DL4J, shape, n, h, w).totalBytes() - others;
      assertThat(taken).as("bytes of buffers").isCloseTo(predicted, withinPercentage(8));
    }
    assertThat(AlignedBuffer.liveBytes() - before)
        .as("bytes that stay when it is closed: working memory of this thread")
        .isLessThan(1 << 20);
  }

  @Test
  void growsWithTheBatchAndTheArea() {
    UnetSpec shape = new UnetSpec(1, 32, true);
    long one = MemoryEstimate.ofTraining(TrainingEngine.DL4J, shape, 1, 128, 128).activationBytes();
    assertThat(MemoryEstimate.ofTraining(TrainingEngine.DL4J, shape, 2, 256, 256).activationBytes())
        .as("eight times the pixels")
        .isCloseTo(8 * one, withinPercentage(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryEstimate.ofTraining(TrainingEngine.DL4J, shape, 1, 100, 128))
        .withMessageContaining("multiples of 16");
  }
}
