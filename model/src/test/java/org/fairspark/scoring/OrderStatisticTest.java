package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class OrderStatisticTest {
  @Test
  void everyRankIsThatOfTheSortedValues() {
    SeededRandom random = new SeededRandom(7);
    for (int length = 1; length < 40; length++) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        // Few different values, so that many are equal.
        values[i] = random.nextInt(6) / 3f - 1;
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int rank = 0; rank < length; rank++) {
        assertThat(OrderStatistic.of(values, rank)).isEqualTo(sorted[rank]);
      }
    }
  }

  @Test
  void notANumberIsTheHighest() {
    float[] values = {2, Float.NaN, 1};
    assertThat(OrderStatistic.of(values, 0)).isEqualTo(1);
    assertThat(OrderStatistic.of(values, 2)).isNaN();
    assertThat(values).startsWith(2).endsWith(1);
  }

  @Test
  void rankBeyondTheValuesIsRefused() {
    assertThatThrownBy(() -> OrderStatistic.of(new float[3], 3))
        .hasMessageContaining("a rank of 3 values is from 0, got 3");
  }
}
