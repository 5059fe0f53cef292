package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class LineVariationTest {
  private static final int SIDE = 20;

  @Test
  void changeOfNothingLeavesTheImage() {
    PixelImage image = ramp();
    assertThat(new LineVariation(1, 1, 1, 0, 0, 0).apply(image).pixels()).isEqualTo(image.pixels());
  }

  @Test
  void lightIsGammaThenContrastThenBrightness() {
    PixelImage changed = new LineVariation(2, 1.1, 0.8, 0, 0, 0).apply(ramp());
    double expected = 255 * 0.8 * (1.1 * (Math.pow(100 / 255.0, 2) - 0.5) + 0.5);
    assertThat(changed.at(0, 10, 0)).isCloseTo((int) Math.round(expected), within(1));
  }

  @Test
  void contentMovesAcrossAndFillsTheImage() {
    PixelImage moved = new LineVariation(1, 1, 1, 0, 0, 0.1).apply(ramp());
    // Two pixels further right, and the 15 columns that stay inside in the place of 19.
    assertThat(moved.at(3, 0, 1)).isZero();
    assertThat(moved.at(3, 19, 1)).isCloseTo(150, within(1));
  }

  @Test
  void quarterTurnIsClockwise() {
    PixelImage turned = new LineVariation(1, 1, 1, 90, 0, 0).apply(ramp());
    assertThat(turned.at(10, 4, 2)).as("what was left is above").isEqualTo(100);
  }

  @Test
  void drawnChangesAreSmall() {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 100; i++) {
      LineVariation drawn = LineVariation.draw(random);
      assertThat(drawn.gamma()).isBetween(0.8, 1.25);
      assertThat(drawn.contrast()).isBetween(0.85, 1.15);
      assertThat(drawn.brightness()).isBetween(0.8, 1.2);
      assertThat(drawn.degrees()).isBetween(-2.0, 2.0);
      assertThat(drawn.down()).isBetween(-0.02, 0.02);
      assertThat(drawn.across()).isBetween(-0.02, 0.02);
    }
  }

  /** Columns rise by 10 from 0. */
  private static PixelImage ramp() {
    byte[] pixels = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (10 * (i / 3 % SIDE));
    }
    return new PixelImage(3, SIDE, SIDE, pixels);
  }
}
