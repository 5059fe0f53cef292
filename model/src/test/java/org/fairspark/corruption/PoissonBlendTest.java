package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.fairspark.corruption.PoissonBlend.Gradients;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class PoissonBlendTest {
  /** Returns an image with equal values in all three channels. */
  private static PixelImage gray(int height, int width, int... values) {
    byte[] pixels = new byte[3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[values.length == 1 ? 0 : i / 3];
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static PixelImage random(int height, int width, int low, int high, long seed) {
    SeededRandom random = new SeededRandom(seed);
    int[] values = new int[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(low, high);
    }
    return gray(height, width, values);
  }

  @Test
  void onePixelEqualsAHandComputedCase() {
    PixelImage image = gray(3, 3, 0, 10, 0, 20, 99, 30, 0, 40, 0);
    PixelImage patch = gray(3, 3, 0, 50, 0, 50, 70, 50, 0, 50, 0);

    PoissonBlend.blend(image, patch, 0, 0, Gradients.PATCH);

    // 4 f - (10 + 20 + 30 + 40) = 4 * 70 - 4 * 50, so f = 45.
    assertThat(image.at(1, 1, 0)).as("red").isEqualTo(45);
    assertThat(image.at(1, 1, 2)).as("blue").isEqualTo(45);
    assertThat(image.at(0, 1, 0)).as("border").isEqualTo(10);
  }

  @Test
  void aFlatPatchLeavesAMembraneOverItsBorder() {
    // A slope is harmonic: the membrane over its border is the slope itself.
    int[] slope = new int[12 * 9];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = 5 * (i / 9) + 11 * (i % 9);
    }
    PixelImage image = gray(12, 9, slope);
    for (int y = 3; y < 8; y++) {
      for (int x = 2; x < 7; x++) {
        image.pixels()[(y * 9 + x) * 3] = 77;
      }
    }

    PoissonBlend.blend(image, gray(7, 7, 123), 2, 1, Gradients.PATCH);

    assertThat(image.pixels()).as("pixels").isEqualTo(gray(12, 9, slope).pixels());
  }

  @Test
  void thePatchsMeanBrightnessDoesNotMatter() {
    PixelImage image = random(20, 30, 60, 190, 1);
    byte[] before = image.pixels().clone();
    byte[] brighter = new byte[11 * 17 * 3];
    for (int y = 0; y < 11; y++) {
      for (int i = 0; i < 17 * 3; i++) {
        brighter[y * 17 * 3 + i] = (byte) ((before[((4 + y) * 30 + 5) * 3 + i] & 0xFF) + 50);
      }
    }

    PoissonBlend.blend(image, new PixelImage(3, 11, 17, brighter), 4, 5, Gradients.PATCH);

    assertThat(image.pixels()).as("the image, for the gradients are its own").isEqualTo(before);
  }

  @Test
  void steeperGradientsAreKept() {
    PixelImage steep = random(16, 16, 0, 256, 2);
    byte[] before = steep.pixels().clone();

    PoissonBlend.blend(steep, gray(10, 12, 80), 3, 2, Gradients.STEEPER);

    assertThat(steep.pixels()).as("an image steeper than a flat patch").isEqualTo(before);

    PixelImage flat = gray(16, 16, 100);
    PixelImage wavy = random(10, 12, 90, 110, 3);
    PixelImage other = gray(16, 16, 100);
    PoissonBlend.blend(flat, wavy, 3, 2, Gradients.STEEPER);
    PoissonBlend.blend(other, wavy, 3, 2, Gradients.PATCH);
    assertThat(flat.pixels()).as("a patch in a flat image").isEqualTo(other.pixels());
    assertThat(flat.pixels()).as("changed").isNotEqualTo(gray(16, 16, 100).pixels());
  }

  @Test
  void theSolutionSolvesTheEquationWhicheverSideIsLonger() {
    for (int[] size : new int[][] {{9, 23}, {23, 9}, {12, 12}}) {
      PixelImage image = random(30, 30, 120, 130, 4);
      PixelImage patch = random(size[0], size[1], 100, 150, 5);

      PoissonBlend.blend(image, patch, 3, 4, Gradients.PATCH);

      for (int y = 1; y < size[0] - 1; y++) {
        for (int x = 1; x < size[1] - 1; x++) {
          int left = laplacian(image, 3 + y, 4 + x);
          int right = laplacian(patch, y, x);
          // Five values rounded to bytes, one of them taken four times.
          assertThat(left - right).as("at (%d, %d)", y, x).isBetween(-4, 4);
        }
      }
    }
  }

  private static int laplacian(PixelImage image, int y, int x) {
    return 4 * image.at(y, x, 1)
        - image.at(y - 1, x, 1)
        - image.at(y + 1, x, 1)
        - image.at(y, x - 1, 1)
        - image.at(y, x + 1, 1);
  }

  @Test
  void aPatchMustFit() {
    assertThatIllegalArgumentException()
        .as("beyond the border")
        .isThrownBy(() -> PoissonBlend.blend(gray(8, 8, 0), gray(4, 4, 0), 5, 0, Gradients.PATCH))
        .withMessageContaining("4 x 4 at (5, 0)");
    assertThatIllegalArgumentException()
        .as("nothing inside")
        .isThrownBy(() -> PoissonBlend.blend(gray(8, 8, 0), gray(2, 4, 0), 0, 0, Gradients.PATCH))
        .withMessageContaining("2 x 4");
  }
}
