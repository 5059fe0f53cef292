package org.fairspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.Test;

class PatchMapTest {
  @Test
  void keepsAConstant() {
    FloatImage map = PatchMap.of(new float[] {2, 2, 2, 2}, 2, 2, 16, 24, 4);
    assertThat(map.height()).isEqualTo(16);
    for (float value : map.values()) {
      assertThat(value).isCloseTo(2, within(1e-5f));
    }
  }

  @Test
  void spreadsAsAGaussian() {
    float[] grid = new float[41 * 41];
    grid[20 * 41 + 20] = 1;
    FloatImage map = PatchMap.of(grid, 41, 41, 41, 41, 2);
    double peak = map.at(0, 20, 20);
    assertThat(peak).isCloseTo(1 / (2 * Math.PI * 4), within(1e-4));
    assertThat(map.at(0, 20, 24) / peak).isCloseTo(Math.exp(-2), within(1e-4));
    assertThat(map.at(0, 23, 20)).isEqualTo(map.at(0, 20, 23));
  }
}
