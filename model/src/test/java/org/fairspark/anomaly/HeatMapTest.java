package org.fairspark.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairspark.color.CieLab;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  @Test
  void colorsAreInferno() {
    // matplotlib: inferno(0) = (0,0,4), inferno(0.5) = (188,55,84), inferno(1) = (252,255,164).
    assertClose(HeatMap.color(0), 0, 0, 4);
    assertClose(HeatMap.color(128 / 255f), 188, 55, 84);
    assertClose(HeatMap.color(1), 252, 255, 164);
  }

  @Test
  void lightnessRisesWithTheValue() {
    double before = -1;
    for (int level = 0; level < 256; level += 5) {
      int color = HeatMap.color(level / 255f);
      float[] rgb = {(color >> 16) / 255f, ((color >> 8) & 0xFF) / 255f, (color & 0xFF) / 255f};
      double lightness = CieLab.of(new FloatImage(3, 1, 1, rgb), ColorOrder.RGB).values()[0];
      assertThat(lightness).as("lightness at %d", level).isGreaterThan(before);
      before = lightness;
    }
  }

  @Test
  void zeroLeavesTheImageAndTheScaleCoversIt() {
    PixelImage image = new PixelImage(3, 1, 2, new byte[] {10, 20, 30, 10, 20, 30});
    PixelImage overlay = HeatMap.overlay(image, new FloatImage(1, 1, 2, new float[] {0, 7}), 7);
    assertThat(overlay.at(0, 0, 0)).as("untouched red").isEqualTo(10);
    assertThat(overlay.at(0, 0, 2)).as("untouched blue").isEqualTo(30);
    int hottest = HeatMap.color(1) >> 16;
    assertThat(overlay.at(0, 1, 0))
        .as("covered red")
        .isEqualTo((int) Math.round(10 + 0.8 * (hottest - 10)));
  }

  @Test
  void mapsOfAnotherSizeAndGrayImagesFit() {
    PixelImage gray = new PixelImage(1, 4, 6, new byte[24]);
    PixelImage overlay = HeatMap.overlay(gray, new FloatImage(1, 2, 3, new float[6]), 1);
    assertThat(overlay.channels()).as("colour").isEqualTo(3);
    assertThat(overlay.height()).as("the image's height").isEqualTo(4);
    assertThat(overlay.pixels()).as("a zero map over black").containsOnly(0);
  }

  @Test
  void scaleIsPositive() {
    FloatImage map = new FloatImage(1, 1, 1, new float[1]);
    assertThatThrownBy(() -> HeatMap.render(map, 0)).hasMessageContaining("got 0.0");
  }

  private static void assertClose(int color, int red, int green, int blue) {
    int[] expected = {red, green, blue};
    for (int c = 0; c < 3; c++) {
      assertThat((color >> (8 * (2 - c))) & 0xFF)
          .as("channel %d of %06x", c, color)
          .isBetween(expected[c] - 4, expected[c] + 4);
    }
  }
}
