package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class F1ThresholdTest {
  @Test
  void bestF1EqualsAHandComputedCase() {
    F1Threshold best = F1Threshold.of(new float[] {1, 2, 4}, new float[] {3, 5, 6});
    assertThat(best.threshold().value()).as("one false alarm, nothing missed").hasValue(3);
    assertThat(best.f1().value()).as("2 * 3 / (3 + 4)").hasValue(6.0 / 7);
  }

  @Test
  void separableScoresAreSeparated() {
    F1Threshold best = F1Threshold.of(new float[] {1, 2}, new float[] {5, 6});
    assertThat(best.threshold().value()).hasValue(5);
    assertThat(best.f1().value()).hasValue(1);
  }

  @Test
  void isNotDefinedWithoutAnomaliesInsteadOfTheMinimum() {
    assertThat(F1Threshold.of(new float[] {1, 2, 3}, new float[0]).threshold())
        .isEqualTo(Area.notDefined("there are no anomalous images"));
    assertThat(F1Threshold.of(new float[0], new float[] {1}).f1().value()).isEmpty();
  }

  @Test
  void isPartOfACategorysMetrics() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    metrics.addNormal(new float[] {1}, 1, 0);
    metrics.addAnomalous("cut", 2, new float[] {2}, null, 1);
    assertThat(metrics.result().best().threshold().value()).hasValue(2);
    assertThat(metrics.result().best().f1().value()).hasValue(1);
  }
}
