package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class CleanImagesTest {
  private static PixelImage gray(int value) {
    byte[] pixels = new byte[4 * 4 * 3];
    Arrays.fill(pixels, (byte) value);
    return new PixelImage(3, 4, 4, pixels);
  }

  @Test
  void theLightIsOfTheSampleAlone() {
    PixelImage image = gray(120);
    assertThat(new CleanImages(0).of(image, 1)).isSameAs(image);
    byte[] lit = new CleanImages(1).of(image, 1).pixels();
    assertThat(new CleanImages(1).of(image, 1).pixels()).isEqualTo(lit);
    assertThat(new CleanImages(1).of(image, 2).pixels()).isNotEqualTo(lit);
    assertThat(image.pixels()).as("not changed").isEqualTo(gray(120).pixels());
    assertThatThrownBy(() -> new CleanImages(1.1)).hasMessageContaining("got 1.1");
  }

  @Test
  void theLightStaysWithinItsRange() {
    for (int seed = 0; seed < 200; seed++) {
      byte[] lit = new CleanImages(1).of(gray(120), seed).pixels();
      // Gamma, contrast, brightness and colour together, at their ends.
      assertThat(lit[1] & 0xFF).as("green").isBetween(60, 190);
      assertThat((lit[0] & 0xFF) / (double) (lit[1] & 0xFF)).as("red").isBetween(0.88, 1.12);
      byte[] faint = new CleanImages(0.1).of(gray(120), seed).pixels();
      assertThat(faint[1] & 0xFF).as("a tenth of it").isBetween(112, 128);
    }
  }
}
