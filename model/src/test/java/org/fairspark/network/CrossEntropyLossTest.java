package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class CrossEntropyLossTest {
  @Test
  void handComputed() {
    // Odds of 3 : 1 are a probability of 3/4.
    float threeToOne = (float) Math.log(3);
    Loss loss =
        CrossEntropyLoss.compute(
            new float[] {0, threeToOne, threeToOne}, new float[] {0.3f, 1, 0.25f}, null);
    double expected =
        -(Math.log(0.5) + Math.log(0.75) + 0.25 * Math.log(0.75) + 0.75 * Math.log(0.25)) / 3;
    assertThat(loss.total()).as("loss").isCloseTo(expected, within(1e-7));
  }

  @Test
  void gradientIsTheNumericOne() {
    SeededRandom random = SeededRandom.of(1, "cross", 0);
    float[] logits = new float[40];
    float[] labels = new float[40];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble(-6, 6);
      labels[i] = (float) random.nextDouble();
    }
    float[] gradient = new float[logits.length];
    CrossEntropyLoss.compute(logits, labels, gradient);
    for (int i = 0; i < logits.length; i++) {
      float[] up = logits.clone();
      float[] down = logits.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double numeric =
          (CrossEntropyLoss.compute(up, labels, null).total()
                  - CrossEntropyLoss.compute(down, labels, null).total())
              / (up[i] - down[i]);
      assertThat((double) gradient[i])
          .as("by logit %d = %s", i, logits[i])
          .isCloseTo(numeric, within(2e-6));
    }
  }

  @Test
  void certaintyIsNeitherInfiniteNorMissing() {
    float[] gradient = new float[2];
    Loss right = CrossEntropyLoss.compute(new float[] {1000, -1000}, new float[] {1, 0}, gradient);
    // The exponential of -1000 is 0; that of -500 is not.
    assertThat(right.total()).as("surely right").isZero();
    assertThat(gradient).as("nothing to pull").containsExactly(0, 0);
    Loss wrong = CrossEntropyLoss.compute(new float[] {-500, 500}, new float[] {1, 0}, gradient);
    assertThat(wrong.total()).as("surely wrong").isCloseTo(500, within(1e-9));
    assertThat(gradient).as("pulls back").containsExactly(-0.5f, 0.5f);
  }
}
