package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.fairspark.image.GrayImages.gray;

import org.junit.jupiter.api.Test;

class ResizeTest {
  @Test
  void twoPixelsBecomeFour() {
    // Sources -0.25, 0.25, 0.75, 1.25: the edges, and 3 to 1 mixtures of 0 and 100.
    assertThat(Resize.bilinear(gray(1, 2, 0, 100), 1, 4).pixels())
        .as("row")
        .containsExactly(0, 25, 75, 100);
    assertThat(Resize.bilinear(gray(2, 1, 0, 100), 4, 1).pixels())
        .as("column")
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void exactHalvesAreMeansOfFour() {
    // (10 + 20 + 30 + 43 + 2) / 4 = 26.25; bilinear rounding would give 26 as well, so also 1/2 up.
    assertThat(Resize.bilinear(gray(2, 4, 10, 20, 0, 1, 30, 43, 1, 0), 1, 2).pixels())
        .as("means")
        .containsExactly(26, 1);
  }

  @Test
  void halvingOnlyOneSideIsBilinear() {
    // Source 0.5 and 2.5 along the row.
    assertThat(Resize.bilinear(gray(1, 4, 0, 50, 100, 200), 1, 2).pixels())
        .as("row")
        .containsExactly(25, 150);
  }

  /** As OpenCV 4.6 gives it: one less than exact arithmetic, for its weights are cut to 11 bits. */
  @Test
  void fixedPointWeightsAreOpenCvs() {
    assertThat(
            Resize.bilinear(
                    gray(
                        3, 5, 95, 130, 194, 217, 207, 235, 15, 163, 33, 215, 217, 130, 248, 189,
                        16),
                    4,
                    3)
                .pixels())
        .as("4 x 3 from 3 x 5")
        .containsExactly(107, 194, 210, 141, 175, 175, 171, 195, 124, 188, 248, 73);
  }

  @Test
  void colourChannelsDoNotMix() {
    PixelImage image = new PixelImage(3, 1, 2, new byte[] {0, 10, 20, 100, 110, 120});

    assertThat(Resize.bilinear(image, 1, 4).pixels())
        .as("RGB")
        .containsExactly(0, 10, 20, 25, 35, 45, 75, 85, 95, 100, 110, 120);
  }

  @Test
  void theSameSizeReturnsTheSameImage() {
    PixelImage image = gray(2, 2, 1, 2, 3, 4);

    assertThat(Resize.bilinear(image, 2, 2)).as("image").isSameAs(image);
  }

  @Test
  void sizesMustBePositive() {
    assertThatIllegalArgumentException()
        .as("no rows")
        .isThrownBy(() -> Resize.bilinear(gray(1, 1, 0), 0, 5))
        .withMessageContaining("0 x 5");
  }
}
