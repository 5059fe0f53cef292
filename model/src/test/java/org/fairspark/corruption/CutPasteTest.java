package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class CutPasteTest {
  private static final int[][] SIZES = {{256, 256}, {16, 16}, {32, 96}, {64, 48}};

  @Test
  void theReferencesPatchIsTruncatedAndPastedBelowTheFirstRow() {
    double area = 0;
    int large = 0;
    int runs = 4000;
    SeededRandom random = new SeededRandom(11);
    for (int i = 0; i < runs; i++) {
      CutPaste patch = CutPaste.draw(CutPasteStyle.REFERENCE, 256, 256, random);
      assertThat(patch.height()).as("rows").isBetween(1, Math.min(228, 256 - patch.top()));
      assertThat(patch.row()).as("row").isBetween(1, 254 - patch.height());
      assertThat(patch.column()).as("column").isBetween(1, 254 - patch.width());
      assertThat(patch.radians()).as("radians").isBetween(-6, 5);
      double share = patch.height() * patch.width() / 65536.0;
      area += share;
      large += share > 0.5 ? 1 : 0;
    }

    // Measured on the reference code: 24 % on average, 13.8 % above one half.
    assertThat(area / runs).as("mean share of the image").isCloseTo(0.24, within(0.015));
    assertThat(large / (double) runs).as("share above half").isCloseTo(0.138, within(0.022));
  }

  @Test
  void thePapersPatchIsIntactAndMoreThanHalfTheImage() {
    SeededRandom random = new SeededRandom(12);
    for (int[] size : SIZES) {
      for (int i = 0; i < 500; i++) {
        CutPaste patch = CutPaste.draw(CutPasteStyle.PAPER, size[0], size[1], random);
        assertThat(2 * patch.height() * patch.width())
            .as("twice the patch's area")
            .isGreaterThan(size[0] * size[1]);
        assertThat(patch.radians()).as("radians").isZero();
        assertThat(patch.top()).as("from row").isBetween(0, size[0] - patch.height());
        assertThat(patch.row()).as("to row").isBetween(0, size[0] - patch.height());
        assertThat(patch.left()).as("from column").isBetween(0, size[1] - patch.width());
        assertThat(patch.column()).as("to column").isBetween(0, size[1] - patch.width());
        assertThat(patch.top() == patch.row() && patch.left() == patch.column())
            .as("from and to the same place")
            .isFalse();
      }
    }
  }

  @Test
  void bothStylesFitEverySize() {
    SeededRandom random = new SeededRandom(13);
    for (int[] size : new int[][] {{1, 1}, {2, 3}, {5, 4}, {16, 160}, {33, 17}}) {
      PixelImage image = new PixelImage(3, size[0], size[1], new byte[size[0] * size[1] * 3]);
      for (int i = 0; i < 200; i++) {
        for (CutPasteStyle style : CutPasteStyle.values()) {
          CutPaste patch = CutPaste.draw(style, size[0], size[1], random);
          assertThat(patch.apply(image).values())
              .as("%s at %d x %d", style, size[0], size[1])
              .hasSize(size[0] * size[1] * 3);
        }
      }
    }
  }

  @Test
  void anUnturnedPatchIsCopiedWithHardEdges() {
    byte[] pixels = new byte[4 * 4 * 3];
    for (int i = 0; i < 16; i++) {
      pixels[3 * i] = (byte) (10 * i);
      pixels[3 * i + 2] = (byte) (255 - i);
    }
    PixelImage image = new PixelImage(3, 4, 4, pixels);

    CutPaste patch = new CutPaste(0, 0, 2, 3, 0, 2, 1);
    FloatImage pasted = patch.apply(image);

    assertThat(pasted.at(0, 2, 1)).as("red of the patch's first pixel").isEqualTo(0f);
    assertThat(pasted.at(0, 3, 3)).as("red of its last, (1, 2)").isEqualTo(60 / 255f);
    assertThat(pasted.at(2, 3, 3)).as("blue of its last").isEqualTo(249 / 255f);
    assertThat(pasted.at(0, 3, 0)).as("red beside it").isEqualTo(120 / 255f);
    assertThat(patch.mask(4, 4))
        .as("mask")
        .containsExactly(
            false, false, false, false, false, false, false, false, //
            false, true, true, true, false, true, true, true);
  }

  @Test
  void aPatchTurnedHalfRoundIsBlackButForItsCorner() {
    byte[] white = new byte[10 * 10 * 3];
    Arrays.fill(white, (byte) 255);

    FloatImage pasted = new CutPaste(0, 0, 6, 6, 3, 2, 2).apply(new PixelImage(3, 10, 10, white));

    assertThat(pasted.at(0, 2, 2)).as("corner about which it turned").isEqualTo(1f);
    assertThat(pasted.at(1, 7, 7)).as("opposite corner").isZero();
    assertThat(pasted.at(1, 8, 8)).as("beyond the patch").isEqualTo(1f);
  }
}
