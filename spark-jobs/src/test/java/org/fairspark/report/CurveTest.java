package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void readsBetweenPoints() {
    Curve curve = Curve.of(new double[] {0, 0, 0.5, 1}, new double[] {0, 0.4, 0.8, 1});
    assertThat(curve.at(0)).as("upper end of a step").isEqualTo(0.4);
    assertThat(curve.at(0.25)).isCloseTo(0.6, within(1e-12));
    assertThat(curve.at(0.5)).isEqualTo(0.8);
    assertThat(curve.at(2)).as("beyond the end").isEqualTo(1);
  }

  @Test
  void rocOfScoresWithATie() {
    Curve roc = Curve.roc(new double[] {0.1, 0.5}, new double[] {0.5, 0.9});
    assertThat(List.of(roc.xs(), roc.ys()))
        .containsExactly(List.of(0f, 0f, 0.5f, 1f), List.of(0f, 0.5f, 1f, 1f));
    assertThatThrownBy(() -> Curve.roc(new double[0], new double[3]))
        .hasMessageContaining("0 and 3");
  }

  @Test
  void thinningKeepsEndsAndPeaks() {
    Curve curve = Curve.over(10_000, i -> i == 4321 ? 100 : i == 777 ? -100 : i % 7);
    Curve thin = curve.thinned(200);
    assertThat(thin.size()).isLessThanOrEqualTo(200).isGreaterThan(150);
    assertThat(thin.x(0)).isZero();
    assertThat(thin.x(thin.size() - 1)).isEqualTo(9999);
    List<Double> ys = IntStream.range(0, thin.size()).mapToObj(thin::y).toList();
    assertThat(ys).contains(100.0, -100.0);
    assertThat(curve.thinned(10_000)).isSameAs(curve);
  }

  @Test
  void refusesWhatIsNoCurve() {
    assertThatThrownBy(() -> Curve.of(new double[2], new double[3]))
        .hasMessageContaining("2 and 3");
    assertThatThrownBy(() -> Curve.of(new double[] {1, 0}, new double[2]))
        .hasMessageContaining("must not decrease");
    assertThatThrownBy(() -> Curve.of(new double[] {0}, new double[] {Double.NaN}))
        .hasMessageContaining("point 0");
  }

  @Test
  void histogramCountsTheHighestScoreInTheLastBin() {
    Histogram histogram = Histogram.of(new double[] {0, 1, 1.9}, new double[] {2, 4}, 4);
    assertThat(histogram.normal()).containsExactly(1L, 2L, 0L, 0L);
    assertThat(histogram.anomalous()).containsExactly(0L, 0L, 1L, 1L);
    Histogram single = Histogram.of(new double[] {3, 3}, new double[0], 2);
    assertThat(single.normal()).as("one value only").containsExactly(0L, 2L);
  }
}
