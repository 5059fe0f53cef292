package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.fairspark.color.ByteColorSpace;
import org.junit.jupiter.api.Test;

class PixelFiltersTest {
  /** Returns pixels with equal values in all three channels. */
  private static byte[] gray(int... values) {
    byte[] pixels = new byte[3 * values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i / 3];
    }
    return pixels;
  }

  @Test
  void gammaIsByChannelAndCutsDecimals() {
    byte[] pixels = {64, 64, 64};

    PixelFilters.gamma(pixels, new double[] {0.5, 1, 2});

    // 255 sqrt(64/255) = 127.7; 64; 255 (64/255)^2 = 16.06
    assertThat(pixels).as("pixel").containsExactly(127, 64, 16);
  }

  @Test
  void brightnessIsScaledAndShiftedInEitherOrder() {
    byte[] scaledFirst = gray(100);
    byte[] shiftedFirst = gray(100);

    PixelFilters.brightness(scaledFirst, ByteColorSpace.HSV, 1.2, 10, true);
    PixelFilters.brightness(shiftedFirst, ByteColorSpace.HSV, 1.2, 10, false);

    assertThat(scaledFirst).as("100 * 1.2 + 10").isEqualTo(gray(130));
    assertThat(shiftedFirst).as("(100 + 10) * 1.2").isEqualTo(gray(132));
  }

  @Test
  void brightnessSaturatesBetweenTheSteps() {
    byte[] pixels = gray(250);

    PixelFilters.brightness(pixels, ByteColorSpace.HSV, 1.2, -30, true);

    assertThat(pixels).as("255 - 30, not 300 - 30").isEqualTo(gray(225));
  }

  /** As Pillow 9.4 gives it. */
  @Test
  void sharpnessExtrapolatesFromTheSmoothedImage() {
    int[] spot = new int[25];
    Arrays.fill(spot, 10);
    spot[12] = 140;
    byte[] sharp = gray(spot);
    byte[] smooth = gray(spot);

    PixelFilters.sharpness(sharp, 5, 5, 2);
    PixelFilters.sharpness(smooth, 5, 5, 0);

    assertThat(smooth)
        .as("(140 + 12 * 10) / 13 beside the spot, (5 * 140 + 8 * 10) / 13 on it")
        .isEqualTo(
            gray(
                10, 10, 10, 10, 10, 10, 20, 20, 20, 10, 10, 20, 60, 20, 10, 10, 20, 20, 20, 10, 10,
                10, 10, 10, 10));
    assertThat(sharp)
        .as("as far to the other side")
        .isEqualTo(
            gray(
                10, 10, 10, 10, 10, 10, 0, 0, 0, 10, 10, 0, 220, 0, 10, 10, 0, 0, 0, 10, 10, 10, 10,
                10, 10));
  }

  @Test
  void hueShiftsModuloTheCircle() {
    byte[] up = {(byte) 255, 0, 0};
    byte[] down = {(byte) 255, 0, 0};

    // 85 / 255 of the circle is a third: red becomes green; the other way it becomes blue.
    PixelFilters.hueAndSaturation(up, 85, 0);
    PixelFilters.hueAndSaturation(down, -85, 0);

    assertThat(up).as("red, a third on").containsExactly(0, 255, 0);
    assertThat(down).as("red, a third back").containsExactly(0, 0, 255);
  }

  @Test
  void zeroSaturationIsGray() {
    byte[] pixels = {100, 80, 80};

    // Its saturation is 20 / 100 * 255 = 51.
    PixelFilters.hueAndSaturation(pixels, 0, -51);

    assertThat(pixels).as("pixel").isEqualTo(gray(100));
  }

  @Test
  void hueShiftGoesOnBeyondTheCircle() {
    byte[] blue = {0, 0, (byte) 255};

    // 120 + 75 = 195, the same as 15, half way from red to yellow.
    PixelFilters.hueShift(blue, 75);

    assertThat(blue).as("pixel").containsExactly(255, 127, 0);
  }

  @Test
  void solarizeInvertsFromTheThresholdOn() {
    byte[] pixels = gray(0, 99, 100, 255);

    PixelFilters.solarize(pixels, 100);

    assertThat(pixels).as("pixels").isEqualTo(gray(0, 99, 155, 0));
  }

  @Test
  void posterizeKeepsUpperBits() {
    byte[] three = gray(255, 100, 31);
    byte[] eight = gray(255, 100, 31);

    PixelFilters.posterize(three, 3);
    PixelFilters.posterize(eight, 8);

    assertThat(three).as("3 bits").isEqualTo(gray(224, 96, 0));
    assertThat(eight).as("8 bits").isEqualTo(gray(255, 100, 31));
  }

  @Test
  void invertSubtractsFrom255() {
    byte[] pixels = gray(0, 1, 128, 255);

    PixelFilters.invert(pixels);

    assertThat(pixels).as("pixels").isEqualTo(gray(255, 254, 127, 0));
  }

  /** As Pillow 9.4 gives it. */
  @Test
  void autocontrastStretchesWhatTheCutoffLeaves() {
    int[] values = {0, 10, 10, 20, 30, 40, 50, 60, 60, 250};
    byte[] whole = gray(values);
    byte[] tenth = gray(values);
    byte[] flat = gray(7, 7, 7);

    PixelFilters.autocontrast(whole, 0);
    PixelFilters.autocontrast(tenth, 10);
    PixelFilters.autocontrast(flat, 10);

    assertThat(whole).as("0 %").isEqualTo(gray(0, 10, 10, 20, 30, 40, 51, 61, 61, 255));
    assertThat(tenth).as("10 %").isEqualTo(gray(0, 0, 0, 51, 102, 153, 203, 255, 255, 255));
    assertThat(flat).as("one value").isEqualTo(gray(7, 7, 7));
  }

  @Test
  void equalizeSpreadsTheHistogram() {
    // 510 pixels below 255, so a step of 2: 255 of value 50, 255 of 51.
    int[] values = new int[510];
    for (int i = 0; i < values.length; i++) {
      values[i] = 50 + i % 2;
    }
    byte[] pixels = gray(values);

    PixelFilters.equalize(pixels);

    // (1 + 0) / 2 = 0 and (1 + 255) / 2 = 128.
    assertThat(pixels[0]).as("50").isEqualTo((byte) 0);
    assertThat(pixels[3] & 0xFF).as("51").isEqualTo(128);
  }

  @Test
  void dropoutBlackensChannels() {
    byte[] pixels = {1, 2, 3, 4, 5, 6};

    PixelFilters.dropout(pixels, new boolean[] {true, false, true});

    assertThat(pixels).as("pixels").containsExactly(0, 2, 0, 0, 5, 0);
  }
}
