package org.fairspark.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.Test;

class SobelTest {
  /** Rows 0 1 3 | 0 1 3 | 0 1 3. */
  private static final FloatImage RAMP =
      new FloatImage(1, 3, 3, new float[] {0, 1, 3, 0, 1, 3, 0, 1, 3});

  @Test
  void horizontalDerivativeIsUnscaledAndReflectsWithoutTheEdge() {
    float[] values = new Sobel(Sobel.Axes.X, 3).extractFromGray(RAMP).values();
    // Middle column: (3 - 0) * (1 + 2 + 1); at the borders both neighbours are the same pixel.
    float[] expected = {0, 12, 0, 0, 12, 0, 0, 12, 0};
    assertThat(Arrays.copyOf(values, 9)).as("gx").isEqualTo(expected);
    assertThat(Arrays.copyOfRange(values, 9, 18)).as("gx again").isEqualTo(expected);
  }

  @Test
  void verticalDerivativeIsTheTranspose() {
    FloatImage transposed = new FloatImage(1, 3, 3, new float[] {0, 0, 0, 1, 1, 1, 3, 3, 3});
    float[] xy = new Sobel(Sobel.Axes.XY, 3).extractFromGray(transposed).values();
    assertThat(Arrays.copyOf(xy, 9)).as("gx").containsOnly(0);
    assertThat(Arrays.copyOfRange(xy, 9, 18))
        .as("gy")
        .isEqualTo(new float[] {0, 0, 0, 12, 12, 12, 0, 0, 0});
    float[] y = new Sobel(Sobel.Axes.Y, 3).extractFromGray(transposed).values();
    assertThat(Arrays.copyOf(y, 9))
        .as("gy alone")
        .isEqualTo(new float[] {0, 0, 0, 12, 12, 12, 0, 0, 0});
  }

  @Test
  void fiveTapsWeighNeighbours() {
    FloatImage row = new FloatImage(1, 1, 5, new float[] {1, 2, 4, 8, 16});
    float[] values = new Sobel(Sobel.Axes.X, 5).extractFromGray(row).values();
    // One row: smoothing gives 16 times itself. Middle: -1 - 2*2 + 2*8 + 16 = 27.
    assertThat(values[2]).as("middle").isEqualTo(27f * 16);
    // Column 1 reflects to 2, 1, 2, 4, 8: -2 - 2*1 + 2*4 + 8 = 12.
    assertThat(values[1]).as("column 1").isEqualTo(12f * 16);
  }

  @Test
  void onePixelHasNoGradient() {
    FloatImage pixel = new FloatImage(3, 1, 1, new float[] {0.2f, 0.4f, 0.9f});
    assertThat(new Sobel(Sobel.Axes.XY, 5).extract(pixel).values()).containsOnly(0);
  }

  @Test
  void kernelIsThreeOrFive() {
    assertThatThrownBy(() -> new Sobel(Sobel.Axes.X, 4)).hasMessageContaining("got 4");
  }

  @Test
  void otherExtractorsPassTheImageThrough() {
    FloatImage rgb = new FloatImage(3, 1, 1, new float[] {1, 0.5f, 0.25f});
    assertThat(new Unfiltered().extract(rgb)).as("unfiltered").isSameAs(rgb);
    assertThat(new GrayOnly().extract(rgb).values()[0])
        .as("BT.601")
        .isEqualTo(0.299f + 0.587f * 0.5f + 0.114f * 0.25f);
    assertThat(new Unfiltered().channels()).isEqualTo(3);
    assertThat(new GrayOnly().channels()).isEqualTo(1);
  }
}
