package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final UnetSpec SHAPE = new UnetSpec(1, 16, true);

  private static double mean(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float v : values) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void followsTheReferenceCodesDistributions() {
    NetworkWeights state = NetworkWeights.initial(SHAPE, 7);
    float[] weights = state.tensor("encoder.block5.0.weight"); // 147456 values
    assertThat(mean(weights)).as("mean of the weights").isCloseTo(0, within(3e-4));
    assertThat(deviation(weights)).as("deviation of the weights").isCloseTo(0.02, within(3e-4));
    double bound = 1 / Math.sqrt(9 * 128);
    float[] biases = state.tensor("encoder.block5.0.bias");
    for (float bias : biases) {
      assertThat(Math.abs(bias)).as("a convolution's bias").isLessThanOrEqualTo((float) bound);
    }
    assertThat(deviation(biases))
        .as("deviation of the biases")
        .isCloseTo(bound / Math.sqrt(3), within(0.15 * bound));
    float[] scales = state.tensor("encoder.block5.1.weight");
    assertThat(mean(scales)).as("mean of the scales").isCloseTo(1, within(8e-3));
    assertThat(deviation(scales)).as("deviation of the scales").isCloseTo(0.02, within(5e-3));
    assertThat(state.tensor("encoder.block5.1.bias")).as("shifts").containsOnly(0f);
    assertThat(state.tensor("encoder.block5.1.running_mean")).as("means").containsOnly(0f);
    assertThat(state.tensor("encoder.block5.1.running_var")).as("variances").containsOnly(1f);
  }

  @Test
  void dependsOnTheSeedAlone() {
    assertThat(Initialization.parameters(SHAPE, 3))
        .as("parameters of the same seed")
        .isEqualTo(Initialization.parameters(SHAPE, 3));
    assertThat(Initialization.parameters(SHAPE, 4))
        .as("parameters of another seed")
        .isNotEqualTo(Initialization.parameters(SHAPE, 3));
  }
}
