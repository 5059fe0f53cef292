package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class TrialImagesTest {
  private static final int SIDE = 64;

  private static PixelImage noise() {
    SeededRandom random = new SeededRandom(7);
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return new PixelImage(3, SIDE, SIDE, pixels);
  }

  /** Pixels of the left columns. */
  private static boolean[] left(int columns) {
    boolean[] inside = new boolean[SIDE * SIDE];
    for (int p = 0; p < inside.length; p++) {
      inside[p] = p % SIDE < columns;
    }
    return inside;
  }

  private static double least(TrialImages made, boolean[] inside) {
    double least = 1;
    for (boolean[] mask : made.masks()) {
      int all = 0;
      int seen = 0;
      for (int p = 0; p < mask.length; p++) {
        all += mask[p] ? 1 : 0;
        seen += mask[p] && inside[p] ? 1 : 0;
      }
      least = Math.min(least, (double) seen / all);
    }
    return least;
  }

  @Test
  void defectsArePutWhereItIsInspected() {
    boolean[] inside = left(SIDE / 4);
    for (int i = 0; i < 5; i++) {
      String id = "image " + i;
      assertThat(least(TrialImages.of(noise(), 1, id, inside), inside)).isGreaterThan(0.25);
    }
    assertThat(least(TrialImages.of(noise(), 1, "image 0", null), inside)).as("anywhere").isZero();
  }

  @Test
  void theWholeImageIsAsIfNothingWereSaid() {
    boolean[] all = new boolean[SIDE * SIDE];
    Arrays.fill(all, true);
    TrialImages asBefore = TrialImages.of(noise(), 1, "image", null);
    TrialImages inAll = TrialImages.of(noise(), 1, "image", all);
    for (int i = 0; i < TrialImages.EACH; i++) {
      assertThat(inAll.defective().get(i).pixels()).isEqualTo(asBefore.defective().get(i).pixels());
    }
  }
}
