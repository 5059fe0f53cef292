package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class RegionsTest {
  @Test
  void diagonalPixelsTouchAndNumbersFollowFirstPixels() {
    Regions regions =
        label(
            """
            .#..#
            #...#
            .....
            ##.#.
            """);
    assertThat(regions.labels())
        .as("labels")
        .containsExactly(0, 1, 0, 0, 2, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 3, 0, 4, 0);
    assertThat(regions.count()).as("count").isEqualTo(4);
    assertThat(regions.area(2)).as("area of the second").isEqualTo(2);
    assertThat(regions.boxes())
        .as("boxes")
        .containsExactly(
            new Regions.Box(0, 0, 2, 2),
            new Regions.Box(0, 4, 2, 1),
            new Regions.Box(3, 0, 1, 2),
            new Regions.Box(3, 3, 1, 1));
  }

  @Test
  void armsThatMeetInALaterRowAreOneRegion() {
    Regions regions =
        label(
            """
            #.#.#
            #.#.#
            #####
            """);
    assertThat(regions.count()).as("a comb").isEqualTo(1);
    assertThat(regions.area(1)).as("its area").isEqualTo(11);
  }

  @Test
  void theLevelIsTheSmallestValueOfARegion() {
    byte[] mask = {(byte) 255, (byte) 127, (byte) 128, 1, 0};
    assertThat(Regions.label(mask, 1, 5, 255).count()).as("white only").isEqualTo(1);
    assertThat(Regions.label(mask, 1, 5, 128).count()).as("above one half").isEqualTo(2);
    assertThat(Regions.label(mask, 1, 5).area(1)).as("above zero").isEqualTo(4);
  }

  @Test
  void equalsFloodFillOnRandomMasks() {
    SeededRandom random = new SeededRandom(4);
    for (int round = 0; round < 300; round++) {
      int height = 1 + random.nextInt(20);
      int width = 1 + random.nextInt(20);
      double density = random.nextDouble(0.1, 0.8);
      byte[] mask = new byte[height * width];
      for (int p = 0; p < mask.length; p++) {
        mask[p] = (byte) (random.nextDouble() < density ? 1 : 0);
      }
      assertThat(Regions.label(mask, height, width).labels())
          .as("round %d, %d x %d", round, height, width)
          .isEqualTo(floodFill(mask, height, width));
    }
  }

  @Test
  void masksOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> Regions.label(new byte[5], 2, 3)).hasMessageContaining("got 5");
  }

  private static int[] floodFill(byte[] mask, int height, int width) {
    int[] labels = new int[mask.length];
    int count = 0;
    for (int start = 0; start < mask.length; start++) {
      if (mask[start] == 0 || labels[start] != 0) {
        continue;
      }
      count++;
      ArrayDeque<Integer> open = new ArrayDeque<>();
      open.add(start);
      labels[start] = count;
      while (!open.isEmpty()) {
        int p = open.remove();
        for (int r = Math.max(0, p / width - 1); r <= Math.min(height - 1, p / width + 1); r++) {
          for (int c = Math.max(0, p % width - 1); c <= Math.min(width - 1, p % width + 1); c++) {
            int q = r * width + c;
            if (mask[q] != 0 && labels[q] == 0) {
              labels[q] = count;
              open.add(q);
            }
          }
        }
      }
    }
    return labels;
  }

  private static Regions label(String picture) {
    String[] rows = picture.lines().toArray(String[]::new);
    byte[] mask = new byte[rows.length * rows[0].length()];
    for (int p = 0; p < mask.length; p++) {
      mask[p] = (byte) (rows[p / rows[0].length()].charAt(p % rows[0].length()) == '#' ? 255 : 0);
    }
    return Regions.label(mask, rows.length, rows[0].length());
  }
}
