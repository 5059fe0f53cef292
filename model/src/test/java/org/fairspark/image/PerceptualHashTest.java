package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
  /** Blobs of light, which differ from seed to seed. */
  private static PixelImage picture(int size, int seed, int brighter) {
    Random random = new Random(seed);
    double[] phases = random.doubles(12, 0, 6).toArray();
    byte[] pixels = new byte[size * size * 3];
    for (int y = 0, i = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double v = 120 + brighter;
        for (int k = 0; k < 6; k++) {
          v +=
              18
                  * Math.sin(phases[2 * k] + (k + 1) * 6.3 * x / size)
                  * Math.cos(phases[2 * k + 1] + (6 - k) * 6.3 * y / size);
        }
        for (int c = 0; c < 3; c++) {
          pixels[i++] = (byte) Math.max(0, Math.min(255, Math.round(v)));
        }
      }
    }
    return new PixelImage(3, size, size, pixels);
  }

  @Test
  void onePictureIsNearItselfAndFarFromOthers() {
    PerceptualHash hash = PerceptualHash.of(picture(128, 1, 0));

    assertThat(hash.isDistinctive()).as("distinctive").isTrue();
    assertThat(hash.distance(PerceptualHash.of(picture(128, 1, 9))))
        .as("brighter")
        .isLessThanOrEqualTo(PerceptualHash.SAME_PICTURE);
    assertThat(hash.distance(PerceptualHash.of(picture(128, 2, 0))))
        .as("another picture")
        .isGreaterThan(40);
  }

  @Test
  void anEvenSurfaceHasNoBits() {
    PixelImage even = new PixelImage(1, 16, 16, new byte[256]);

    assertThat(PerceptualHash.of(even)).isEqualTo(new PerceptualHash(0, 0, 0, 0));
    assertThat(PerceptualHash.of(even).isDistinctive()).as("distinctive").isFalse();
  }

  @Test
  void rowsDarkerToTheLeftSetTheirBits() {
    byte[] pixels = new byte[17 * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 17 < 4 ? i % 17 : 0);
    }

    PerceptualHash hash = PerceptualHash.of(new PixelImage(1, 16, 17, pixels));

    assertThat(hash).isEqualTo(new PerceptualHash(-1L, 0, 0, 0));
    assertThat(hash.band(0)).as("band").isEqualTo(-1);
    assertThat(hash.band(2)).as("band").isZero();
  }
}
