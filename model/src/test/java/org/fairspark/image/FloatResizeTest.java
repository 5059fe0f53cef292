package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatResizeTest {
  @Test
  void interpolatesBetweenTheCentresOfPixels() {
    FloatImage map = new FloatImage(1, 1, 2, new float[] {0, 4});
    assertThat(FloatResize.bilinear(map, 2, 4).values()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
  }

  @Test
  void theSameSizeIsTheSame() {
    FloatImage map = new FloatImage(1, 2, 2, new float[] {0.25f, 1, 2, 3});
    assertThat(FloatResize.bilinear(map, 2, 2).values()).containsExactly(map.values());
  }
}
