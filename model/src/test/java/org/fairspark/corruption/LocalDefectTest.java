package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class LocalDefectTest {
  private static final int SIDE = 48;

  @Test
  void defectIsLocalAndSeen() {
    PixelImage clean = noise();
    for (int seed = 0; seed < 50; seed++) {
      PixelImage defective = LocalDefect.apply(clean, 0.5, new SeededRandom(seed));
      int changed = 0;
      for (int p = 0; p < SIDE * SIDE; p++) {
        for (int i = 3 * p; i < 3 * p + 3; i++) {
          if (clean.pixels()[i] != defective.pixels()[i]) {
            changed++;
            break;
          }
        }
      }
      assertThat(changed).isBetween(2, SIDE * SIDE / 3);
    }
  }

  @Test
  void moreOpacityIsMoreChange() {
    PixelImage clean = noise();
    assertThat(change(clean, LocalDefect.apply(clean, 0.8, new SeededRandom(3))))
        .isGreaterThan(3 * change(clean, LocalDefect.apply(clean, 0.2, new SeededRandom(3))));
  }

  @Test
  void defectDependsOnTheSeedAlone() {
    PixelImage clean = noise();
    byte[] once = LocalDefect.apply(clean, 0.5, new SeededRandom(4)).pixels();
    assertThat(LocalDefect.apply(clean, 0.5, new SeededRandom(4)).pixels()).isEqualTo(once);
    assertThat(LocalDefect.apply(clean, 0.5, new SeededRandom(5)).pixels()).isNotEqualTo(once);
  }

  @Test
  void evenImageThatNoDefectCanChangeIsGivenBack() {
    PixelImage black = new PixelImage(3, SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    PixelImage defective = LocalDefect.apply(black, 0.01, new SeededRandom(6));
    assertThat(defective.pixels()).hasSameSizeAs(black.pixels());
  }

  private static long change(PixelImage one, PixelImage other) {
    long sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
    }
    return sum;
  }

  private static PixelImage noise() {
    SeededRandom random = new SeededRandom(1);
    byte[] pixels = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return new PixelImage(3, SIDE, SIDE, pixels);
  }
}
