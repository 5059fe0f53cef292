package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class FocalLossTest {
  @Test
  void handComputed() {
    // Odds of 1 : 1 give q = 1/2, hence log(2) / 4; odds of 3 : 1 for a corrupted pixel q = 3/4 or,
    // where it is none, 1/4.
    float threeToOne = (float) Math.log(3);
    Loss loss =
        FocalLoss.compute(new float[] {0, threeToOne, threeToOne}, new float[] {0, 1, 0}, null);
    double expected = (Math.log(2) / 4 - Math.log(0.75) / 16 - Math.log(0.25) * 9 / 16) / 3;
    assertThat(loss.total()).as("loss").isCloseTo(expected, within(1e-7));
  }

  @Test
  void gradientIsTheNumericOne() {
    SeededRandom random = SeededRandom.of(1, "focal", 0);
    float[] logits = new float[40];
    float[] mask = new float[40];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble(-6, 6);
      mask[i] = i % 3 == 0 ? 1 : 0;
    }
    float[] gradient = new float[logits.length];
    FocalLoss.compute(logits, mask, gradient);
    for (int i = 0; i < logits.length; i++) {
      float[] up = logits.clone();
      float[] down = logits.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double numeric =
          (FocalLoss.compute(up, mask, null).total() - FocalLoss.compute(down, mask, null).total())
              / (up[i] - down[i]);
      assertThat((double) gradient[i])
          .as("by logit %d = %s", i, logits[i])
          .isCloseTo(numeric, within(2e-6));
    }
  }

  @Test
  void certaintyIsNeitherInfiniteNorMissing() {
    float[] gradient = new float[2];
    Loss right = FocalLoss.compute(new float[] {500, -500}, new float[] {1, 0}, gradient);
    assertThat(right.total()).as("surely right").isZero();
    Loss wrong = FocalLoss.compute(new float[] {-500, 500}, new float[] {1, 0}, gradient);
    assertThat(wrong.total()).as("surely wrong").isCloseTo(500, within(1e-9));
    assertThat(gradient).as("pulls back").containsExactly(-0.5f, 0.5f);
  }

  @Test
  void aNetworkLearnsAMask() {
    NativeBackend.useThreads(1);
    UnetSpec shape = new UnetSpec(2, 2, true, UnetSpec.Head.MASK);
    SeededRandom random = SeededRandom.of(2, "mask", 0);
    float[] input = new float[2 * 2 * 32 * 32];
    float[] mask = new float[2 * 32 * 32];
    for (int n = 0; n < 2; n++) {
      for (int p = 0; p < 32 * 32; p++) {
        boolean marked = p % 32 > 8 + 8 * n && p / 32 > 16;
        input[2 * n * 32 * 32 + p] = (float) (random.nextDouble() + (marked ? 1 : 0));
        input[(2 * n + 1) * 32 * 32 + p] = (float) random.nextDouble();
        mask[n * 32 * 32 + p] = marked ? 1 : 0;
      }
    }
    try (Dl4jTrainer network = Dl4jTrainer.create(shape, 3)) {
      double first = network.step(input, mask, 2, 32, 32, 1e-2).total();
      double last = first;
      for (int step = 0; step < 60; step++) {
        last = network.step(input, mask, 2, 32, 32, 1e-2).total();
      }
      assertThat(last).as("loss against %s at first", first).isLessThan(first / 4);
      assertThat(network.restore(input, 2, 32, 32)).as("a logit per pixel").hasSize(mask.length);
    }
  }
}
