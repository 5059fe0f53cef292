package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdStepsTest {
  @Test
  void countsWhatLiesAboveEachThreshold() {
    double[] normal = {1, 2, 2};
    double[] anomalous = {2, 4};
    ThresholdSteps steps = ThresholdSteps.of(normal, anomalous, OptionalDouble.of(3));
    assertThat(steps.thresholds()).containsExactly(Math.nextDown(1f), 1f, 2f, 3f, 4f);
    assertThat(steps.normal()).containsExactly(3, 2, 0, 0, 0);
    assertThat(steps.anomalous()).containsExactly(2, 2, 1, 1, 0);
    assertThat(steps.calibrated()).isEqualTo(3);
    assertThat(steps.best())
        .as("F1 at 2 and at 3 is 2/3, as at 1; the highest of equals")
        .isEqualTo(3);
    assertThat(ThresholdSteps.of(normal, anomalous, OptionalDouble.empty()).calibrated()).isNull();
  }

  @Test
  void manyScoresShareSteps() {
    double[] normal = IntStream.range(0, 10_000).mapToDouble(i -> i).toArray();
    ThresholdSteps steps = ThresholdSteps.of(normal, new double[] {20_000}, OptionalDouble.of(0.5));
    assertThat(steps.thresholds()).hasSize(402).startsWith(Math.nextDown(0f), 0.5f);
    assertThat(steps.normal().get(0)).isEqualTo(10_000);
    assertThat(steps.normal().get(401)).isZero();
    assertThat(steps.anomalous().get(401)).as("none lies above the highest").isZero();
  }

  @Test
  void precisionFallsFromTheHighestAnomalousScore() {
    Curve curve = Curve.precision(new double[] {1, 3}, new double[] {2, 4});
    assertThat(curve.size()).isEqualTo(2);
    assertThat(curve.x(0)).isEqualTo(0.5);
    assertThat(curve.y(0)).isEqualTo(1);
    assertThat(curve.x(1)).isEqualTo(1);
    assertThat(curve.y(1)).isEqualTo(2.0 / 3);
  }
}
