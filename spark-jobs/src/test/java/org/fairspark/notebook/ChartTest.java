package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final int BLUE = 0x0072B2;
  private static final int ORANGE = 0xD55E00;

  @Test
  void linesRiseWithTheirValues() {
    Fonts.assume();

    BufferedImage picture =
        new Chart("")
            .size(400, 300)
            .yRange(0, 1)
            .line("low", new double[] {0.2, 0.2})
            .line("high", new double[] {0.8, 0.8})
            .image();

    assertThat(picture.getWidth()).isEqualTo(400);
    assertThat(rows(picture, ORANGE)).as("the high line is above").isLessThan(rows(picture, BLUE));
  }

  @Test
  void barsAreDrawnToTheirHeights() {
    Fonts.assume();

    BufferedImage picture =
        new Chart("")
            .size(400, 300)
            .yRange(0, 1)
            .bars("one", List.of("a"), List.of(0.25))
            .bars("two", List.of("a"), List.of(0.5))
            .image();

    assertThat((double) count(picture, ORANGE) / count(picture, BLUE))
        .as("twice the value, twice the area, but for the legend and rounded edges")
        .isBetween(1.7, 2.3);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> new Chart("").line("x", new double[2], new double[3]))
        .hasMessage("x: 2 places on the x axis, but 3 values");
    assertThatThrownBy(() -> new Chart("").image())
        .hasMessage("a chart has lines or bars, this one has 0 and 0");
  }

  /** Returns the mean row of a colour left of the legend. */
  private static double rows(BufferedImage picture, int color) {
    long sum = 0;
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth() / 2; x++) {
        if ((picture.getRGB(x, y) & 0xFFFFFF) == color) {
          sum += y;
          count++;
        }
      }
    }
    assertThat(count).as("pixels of colour %06x", color).isPositive();
    return (double) sum / count;
  }

  private static long count(BufferedImage picture, int color) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += (picture.getRGB(x, y) & 0xFFFFFF) == color ? 1 : 0;
      }
    }
    return count;
  }
}
