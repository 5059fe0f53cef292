package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class DifferenceLabelTest {
  private static final int SIDE = 32;

  /** An image of one gray value, in which a square is lighter. */
  private static PixelImage image(int top, int left, int side, int lighter) {
    byte[] pixels = new byte[3 * SIDE * SIDE];
    Arrays.fill(pixels, (byte) 100);
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        for (int c = 0; c < 3; c++) {
          pixels[3 * (y * SIDE + x) + c] = (byte) (100 + lighter);
        }
      }
    }
    return new PixelImage(3, SIDE, SIDE, pixels);
  }

  private static int[] labels(PixelImage clean, PixelImage corrupted) {
    byte[] labels = DifferenceLabel.of(clean, corrupted.toFloat());
    int[] numbers = new int[labels.length];
    for (int p = 0; p < numbers.length; p++) {
      numbers[p] = labels[p] & 0xFF;
    }
    return numbers;
  }

  @Test
  void aChangeOfFifteenGrayValuesIsHalfALabel() {
    int[] labels = labels(image(0, 0, 0, 0), image(8, 8, 16, 15));
    assertThat(labels[16 * SIDE + 16]).as("inside").isEqualTo(128);
    assertThat(labels[4 * SIDE + 4]).as("outside").isZero();
    assertThat(labels[8 * SIDE + 16]).as("at an edge").isPositive();
    // A quarter of the neighbourhood has changed.
    assertThat(labels[8 * SIDE + 8]).as("a corner").isZero();
  }

  @Test
  void largerChangesAreSurer() {
    // 1 / (1 + exp(-(45 - 15) / 6)) = 0.9933.
    assertThat(labels(image(0, 0, 0, 0), image(8, 8, 16, 45))[16 * SIDE + 16]).isEqualTo(253);
    assertThat(labels(image(8, 8, 16, 45), image(0, 0, 0, 0))[16 * SIDE + 16])
        .as("darker")
        .isEqualTo(253);
  }

  @Test
  void whatNobodySeesIsNotLabelled() {
    assertThat(labels(image(0, 0, 0, 0), image(8, 8, 16, 1))).as("one gray value").containsOnly(0);
    assertThat(labels(image(0, 0, 0, 0), image(16, 16, 2, 90))).as("specks").containsOnly(0);
    assertThat(labels(image(0, 0, 0, 0), image(0, 0, 0, 0))).as("nothing").containsOnly(0);
  }

  @Test
  void beyondTheImageIsItsEdge() {
    int[] labels = labels(image(0, 0, 0, 0), image(0, 0, 16, 45));
    assertThat(labels[0]).as("corner of the image").isEqualTo(253);
  }

  @Test
  void otherSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DifferenceLabel.of(
                    image(0, 0, 0, 0), new FloatImage(3, 16, 32, new float[3 * 16 * 32])))
        .withMessageContaining("32 x 32 cannot be compared with one of 16 x 32");
  }
}
