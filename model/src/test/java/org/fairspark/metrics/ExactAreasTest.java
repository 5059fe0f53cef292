package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExactAreasTest {
  @Test
  void aurocCountsPairsAndHalvesTies() {
    // 3 beats 1 and 2; 2 beats 1 and ties 2; 0 beats none: 2 + 1.5 + 0 of 6 pairs.
    double area = ExactAuroc.of(new float[] {1, 2}, new float[] {0, 2, 3});
    assertThat(area).as("hand-counted").isCloseTo(3.5 / 6, within(1e-15));
  }

  @Test
  void aurocOfPixelsIsTheSame() {
    float[] scores = {3, 1, 2, 2, 0};
    boolean[] anomalous = {true, false, true, false, true};
    assertThat(ExactAreas.auroc(scores, anomalous)).isCloseTo(3.5 / 6, within(1e-15));
  }

  @Test
  void auproWeighsRegionsNotPixels() {
    // Scores falling: region 1 (2 pixels) 9 and 7, normal 8, 6, 5, region 2 (1 pixel) 4, normal 3.
    float[] scores = {9, 8, 7, 6, 5, 4, 3};
    int[] regions = {1, 0, 1, 0, 0, 2, 0};
    // PRO: 1/4 at fpr 0, 1/4 at 1/4, then 1/2, 1/2 at 3/4, then 1, 1 at 1.
    assertThat(ExactAreas.aupro(scores, regions, 1))
        .as("whole")
        .isCloseTo(0.25 * 0.25 + 0.5 * 0.5 + 0.25 * 1, within(1e-15));
    assertThat(ExactAreas.aupro(scores, regions, 0.5))
        .as("to one half")
        .isCloseTo((0.25 * 0.25 + 0.25 * 0.5) / 0.5, within(1e-15));
  }

  @Test
  void auproIsStraightAcrossTies() {
    // All equal: one line from (0,0) to (1,1).
    assertThat(ExactAreas.aupro(new float[] {2, 2, 2, -0f}, new int[] {1, 0, 0, 0}, 0.3))
        .as("two of three normal pixels tie with the region")
        .isCloseTo(0.3 / (2 / 3.0) / 2, within(1e-15));
  }

  @Test
  void negativeScoresKeepTheirOrder() {
    float[] scores = {-1, -2, 0, -0f};
    assertThat(ExactAreas.aupro(scores, new int[] {1, 0, 0, 0}, 1))
        .as("both zeros tie above -1, -2 lies below")
        .isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void emptyClassesAreRefused() {
    assertThatThrownBy(() -> ExactAreas.auroc(new float[] {1}, new boolean[] {true}))
        .hasMessageContaining("no normal scores");
    assertThatThrownBy(() -> ExactAreas.aupro(new float[] {1}, new int[] {0}, 0.3))
        .hasMessageContaining("no region scores");
    assertThatThrownBy(() -> ExactAreas.aupro(new float[] {1, 1}, new int[] {0, 1}, 0))
        .hasMessageContaining("got 0.0");
  }
}
