package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class PerlinNoiseTest {
  @Test
  void equalGradientsAlongTheRowsGiveADeviationFromTheFade() {
    // All gradients (1, 0): (1 - f) t + f (t - 1) = t - f(t), times sqrt 2, in every column.
    double[] noise = PerlinNoise.noise(new double[4], 1, 1, 4, 2);

    // f(1/4) = 6/1024 - 15/256 + 10/64 = 0.103515625; f(1/2) = 1/2; f(3/4) = 0.896484375.
    double quarter = Math.sqrt(2) * (0.25 - 0.103515625);
    assertThat(noise)
        .as("noise")
        .containsExactly(
            new double[] {0, 0, quarter, quarter, 0, 0, -quarter, -quarter}, within(1e-15));
  }

  @Test
  void aQuarterOfTheCirclePointsAlongTheColumns() {
    double[] quarterTurns = {0.25, 0.25, 0.25, 0.25};

    double[] noise = PerlinNoise.noise(quarterTurns, 1, 1, 2, 4);

    double quarter = Math.sqrt(2) * (0.25 - 0.103515625);
    assertThat(noise)
        .as("noise")
        .containsExactly(
            new double[] {0, quarter, 0, -quarter, 0, quarter, 0, -quarter}, within(1e-15));
  }

  @Test
  void gridPointsAreZeroAlsoWhereCellsDoNotDivideTheSize() {
    SeededRandom random = new SeededRandom(3);
    double[] corners = new double[5 * 3];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = random.nextDouble();
    }

    // 4 cells in 6 rows: rows 0 and 3 lie on the grid; 2 cells in 5 columns: column 0 does.
    double[] noise = PerlinNoise.noise(corners, 4, 2, 6, 5);

    assertThat(noise[0]).as("(0, 0)").isZero();
    assertThat(noise[3 * 5]).as("(3, 0)").isZero();
    assertThat(noise[5]).as("(1, 0), which is between").isNotZero();
    for (double v : noise) {
      assertThat(v).as("noise").isBetween(-1.001, 1.001);
    }
  }

  @Test
  void masksCoverAsMuchAsTheReferenceCodes() {
    int empty = 0;
    double covered = 0;
    int runs = 600;
    for (int i = 0; i < runs; i++) {
      boolean[] mask = PerlinNoise.mask(256, 256, new SeededRandom(i));
      int inside = 0;
      for (boolean in : mask) {
        inside += in ? 1 : 0;
      }
      empty += inside == 0 ? 1 : 0;
      covered += inside / 65536.0;
    }

    // Measured on the reference code: 5.0 % and 4.5 %. Four standard errors.
    assertThat(covered / runs).as("mean coverage").isCloseTo(0.050, within(0.006));
    assertThat(empty / (double) runs).as("share of empty masks").isCloseTo(0.045, within(0.034));
  }

  @Test
  void smallAndNarrowImagesGetMasksToo() {
    for (int[] size : new int[][] {{16, 16}, {16, 64}, {48, 30}, {2, 2}, {1, 7}}) {
      boolean any = false;
      for (int i = 0; i < 100; i++) {
        boolean[] mask = PerlinNoise.mask(size[0], size[1], new SeededRandom(i));
        assertThat(mask).as("pixels").hasSize(size[0] * size[1]);
        for (boolean inside : mask) {
          any |= inside;
        }
      }
      assertThat(any || size[0] < 16)
          .as("a mask that is not empty, %d x %d", size[0], size[1])
          .isTrue();
    }
  }
}
