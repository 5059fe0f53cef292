package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class PastedPatchTest {
  private static final int SIDE = 64;

  /** An image whose every pixel differs from its neighbours. */
  private static PixelImage image() {
    SeededRandom random = new SeededRandom(1);
    byte[] pixels = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(80, 180);
    }
    return new PixelImage(3, SIDE, SIDE, pixels);
  }

  private static int changed(PixelImage before, PixelImage after) {
    int changed = 0;
    for (int p = 0; p < SIDE * SIDE; p++) {
      boolean same = true;
      for (int c = 0; c < 3; c++) {
        same &= before.pixels()[3 * p + c] == after.pixels()[3 * p + c];
      }
      changed += same ? 0 : 1;
    }
    return changed;
  }

  @Test
  void rectanglesCoverTwoToFifteenPercent() {
    PixelImage image = image();
    int all = SIDE * SIDE;
    for (int i = 0; i < 200; i++) {
      PixelImage pasted = PastedPatch.RECTANGLE.apply(image, 1, new SeededRandom(i));
      // Sides are whole pixels.
      assertThat(changed(image, pasted)).as("pixels of %d", i).isBetween(all / 65, all / 6);
    }
    assertThat(changed(image, image())).as("the image itself").isZero();
  }

  @Test
  void scarsAreSmallAndScaleWithTheImage() {
    PixelImage image = image();
    double whole = 0;
    double half = 0;
    for (int i = 0; i < 200; i++) {
      int pixels = changed(image, PastedPatch.SCAR.apply(image, 1, new SeededRandom(i)));
      assertThat(pixels).isBetween(1, 16 * 25);
      whole += pixels;
      half += changed(image, PastedPatch.SCAR.apply(image, 0.5, new SeededRandom(i)));
    }
    assertThat(half / whole).as("area at half the size").isCloseTo(0.25, within(0.06));
  }

  @Test
  void nothingIsPastedIntoANormalImage() {
    PixelImage image = image();
    assertThat(PastedPatch.NONE.apply(image, 1, new SeededRandom(1))).isSameAs(image);
  }

  @Test
  void coloursChangeByFactors() {
    byte[] pixels = {100, 50, (byte) 150, 40, 40, 40};
    new ColorJitter(1.1, 1, 1).apply(pixels);
    assertThat(pixels).as("brighter").containsExactly(110, 55, 165, 44, 44, 44);
    byte[] gray = {100, 50, (byte) 150, 40, 40, 40};
    new ColorJitter(1, 1, 0).apply(gray);
    assertThat(gray).as("without saturation").containsExactly(100, 100, 100, 40, 40, 40);
    byte[] flat = {100, 50, (byte) 150, 40, 40, 40};
    new ColorJitter(1, 0, 1).apply(flat);
    assertThat(flat).as("without contrast").containsOnly(70);
  }

  @Test
  void aSeedDecidesEverything() {
    for (PastedPatch kind : PastedPatch.values()) {
      byte[] once = kind.apply(image(), 1, new SeededRandom(7)).pixels();
      assertThat(kind.apply(image(), 1, new SeededRandom(7)).pixels()).isEqualTo(once);
    }
  }
}
