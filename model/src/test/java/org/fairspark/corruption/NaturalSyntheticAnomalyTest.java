package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class NaturalSyntheticAnomalyTest {
  private static PixelImage noise(int height, int width, long seed) {
    SeededRandom random = new SeededRandom(seed);
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return new PixelImage(3, height, width, pixels);
  }

  @Test
  void oneToFourPatchesEachHalfAsOftenAsTheOneBefore() {
    int[] counts = new int[5];
    PixelImage image = noise(32, 32, 1);
    TextureSource normals = TextureSource.internal(List.of(noise(32, 32, 2)));
    int runs = 2000;
    for (int i = 0; i < runs; i++) {
      counts[
          NaturalSyntheticAnomaly.apply(image, normals, new boolean[32 * 32], new SeededRandom(i))
              .patches()]++;
    }

    assertThat(counts[0]).as("none").isZero();
    assertThat(counts[1] / (double) runs).as("one").isCloseTo(0.5, within(0.045));
    assertThat(counts[2] / (double) runs).as("two").isCloseTo(0.25, within(0.04));
    assertThat(counts[4] / (double) runs).as("four").isCloseTo(0.125, within(0.03));
  }

  @Test
  void onlyWhatIsMarkedChangesAndTheSourceStaysWhole() {
    for (int[] size : new int[][] {{64, 64}, {32, 96}, {16, 16}}) {
      PixelImage image = noise(size[0], size[1], 3);
      byte[] before = image.pixels().clone();
      TextureSource normals = TextureSource.internal(List.of(noise(size[0], size[1], 4)));
      double covered = 0;
      for (int i = 0; i < 100; i++) {
        boolean[] mask = new boolean[size[0] * size[1]];
        PixelImage changed =
            NaturalSyntheticAnomaly.apply(image, normals, mask, new SeededRandom(i)).image();
        int different = 0;
        for (int p = 0; p < before.length; p++) {
          if (changed.pixels()[p] != before[p]) {
            assertThat(mask[p / 3]).as("seed %d, value %d is marked", i, p).isTrue();
            different++;
          }
        }
        assertThat(different).as("values that seed %d changes", i).isPositive();
        covered += different / (double) before.length;
      }
      assertThat(image.pixels()).as("the image itself").isEqualTo(before);
      assertThat(covered / 100).as("mean share of values changed").isBetween(0.02, 0.4);
    }
  }

  @Test
  void patchesOfAFlatImageAreInvisibleInAnother() {
    byte[] flat = new byte[24 * 24 * 3];
    Arrays.fill(flat, (byte) 90);
    byte[] darker = new byte[24 * 24 * 3];
    Arrays.fill(darker, (byte) 30);
    TextureSource normals = TextureSource.internal(List.of(new PixelImage(3, 24, 24, darker)));

    PixelImage changed =
        NaturalSyntheticAnomaly.apply(
                new PixelImage(3, 24, 24, flat), normals, new boolean[576], new SeededRandom(1))
            .image();

    assertThat(changed.pixels()).as("gradients are blended, not values").isEqualTo(flat);
  }
}
