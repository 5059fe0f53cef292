package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImageTraitsTest {
  @Test
  void traitsAreThoseOfFourPixelsByHand() {
    // Gray 0, 255 above 0, 255: columns differ, rows do not.
    byte white = (byte) 255;
    byte[] pixels = {0, 0, 0, white, white, white, 0, 0, 0, white, white, white};
    ImageTraits traits = ImageTraits.of(new PixelImage(3, 2, 2, pixels));

    assertThat(traits.brightness()).isCloseTo(0.5, within(1e-12));
    assertThat(traits.contrast()).isCloseTo(0.5, within(1e-12));
    assertThat(traits.sharpness()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void onePixelHasNoContrastAndNoSharpness() {
    ImageTraits traits = ImageTraits.of(new PixelImage(1, 1, 1, new byte[] {51}));
    assertThat(traits).isEqualTo(new ImageTraits(0.2, 0, 0));
  }
}
