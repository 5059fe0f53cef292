package org.fairspark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.junit.jupiter.api.Test;

class ParameterAverageTest {
  private static final UnetSpec SHAPE = new UnetSpec(1, 2, true);

  private static WorkerResult result(float value, int samples, long iteration) {
    float[] all = new float[SHAPE.stateLength()];
    float[] first = new float[SHAPE.parameterCount()];
    float[] second = new float[SHAPE.parameterCount()];
    Arrays.fill(all, value);
    Arrays.fill(first, 10 * value);
    Arrays.fill(second, 100 * value);
    return new WorkerResult(
        new NetworkWeights(SHAPE, all, first, second, iteration), samples, 0, 0, 0, -1);
  }

  @Test
  void parametersStatisticsAndMomentsAreAveragedBySamples() {
    NetworkWeights mean = ParameterAverage.of(List.of(result(1, 30, 4), result(4, 10, 2)));
    assertThat(mean.parameters()).as("parameters and running statistics").containsOnly(1.75f);
    assertThat(mean.firstMoment()).as("Adam's first moment").containsOnly(17.5f);
    assertThat(mean.secondMoment()).as("Adam's second moment").containsOnly(175f);
    assertThat(mean.iteration()).as("the longest worker's iterations").isEqualTo(4);
  }

  @Test
  void oneWorkerIsItsOwnAverage() {
    WorkerResult only = result(3, 8, 1);
    assertThat(ParameterAverage.of(List.of(only))).as("state").isSameAs(only.state());
  }

  @Test
  void noWorkerIsRefused() {
    assertThatThrownBy(() -> ParameterAverage.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
