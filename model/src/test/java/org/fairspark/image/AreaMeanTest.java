package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairspark.image.GrayImages.gray;

import org.junit.jupiter.api.Test;

class AreaMeanTest {
  @Test
  void takesTheMeanOfWholePixels() {
    PixelImage image = gray(2, 4, 0, 10, 200, 250, 20, 30, 210, 240);
    assertThat(Reduction.AREA.resize(image, new ImageSize(1, 2)).pixels())
        .isEqualTo(new byte[] {15, (byte) 225});
  }

  @Test
  void takesPartsOfPixelsAtTheEdge() {
    // Of three pixels each of two takes one and a half: (90 + 30/2) / 1.5 and (30/2 + 240) / 1.5.
    assertThat(Reduction.AREA.resize(gray(1, 3, 90, 30, 240), new ImageSize(1, 2)).pixels())
        .isEqualTo(new byte[] {70, (byte) 170});
  }

  @Test
  void makesFineStripesGrayWhereBilinearSeesOnlySome() {
    byte[] stripes = new byte[40 * 40 * 3];
    for (int p = 0; p < 40 * 40; p++) {
      byte value = p % 40 % 4 == 1 || p % 40 % 4 == 2 ? (byte) 255 : 0;
      for (int c = 0; c < 3; c++) {
        stripes[p * 3 + c] = value;
      }
    }
    PixelImage image = new PixelImage(3, 40, 40, stripes);
    ImageSize size = ImageSize.square(10);
    assertThat(Reduction.AREA.resize(image, size).pixels()).containsOnly((byte) 128);
    assertThat(Reduction.BILINEAR.resize(image, size).pixels()).containsOnly((byte) 255);
  }

  @Test
  void resizesBilinearlyWhatGrows() {
    PixelImage image = gray(1, 3, 90, 30, 240);
    ImageSize size = new ImageSize(2, 2);
    assertThat(Reduction.AREA.resize(image, size).pixels())
        .isEqualTo(Resize.bilinear(image, size).pixels());
  }
}
