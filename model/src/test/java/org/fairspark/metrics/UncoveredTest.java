package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class UncoveredTest {
  @Test
  void darkerImagesThanAnyKnownAreFound() {
    double[] known = {0.44, 0.5, 0.46, 0.48, 0.47, 0.49, 0.45, 0.5};
    Map<String, Double> fresh = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      fresh.put("%02d.png".formatted(i), i == 0 ? 0.47 : 0.44 - 0.001 * i);
    }
    Uncovered found = Uncovered.find("brightness", Uncovered.Range.of(known), fresh).orElseThrow();

    assertThat(found.below()).isTrue();
    assertThat(found.outside()).hasSize(19).startsWith("19.png", "18.png");
    assertThat(found.low()).isCloseTo(0.421, within(1e-9));
    assertThat(found.high()).isCloseTo(0.439, within(1e-9));
    assertThat(found.known()).isEqualTo(new Uncovered.Range(0.44, 0.5, 8));
  }

  @Test
  void imagesOfOneKindAreNotFound() {
    for (int seed = 0; seed < 200; seed++) {
      SeededRandom random = new SeededRandom(seed);
      double[] known = new double[15];
      for (int i = 0; i < known.length; i++) {
        known[i] = random.nextGaussian();
      }
      Map<String, Double> fresh = new TreeMap<>();
      for (int i = 0; i < 20; i++) {
        fresh.put(String.valueOf(i), random.nextGaussian());
      }
      assertThat(Uncovered.find("contrast", Uncovered.Range.of(known), fresh))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void probabilityIsThatOfDrawingOnlyNewOnes() {
    assertThat(Uncovered.probability(1, 3, 1)).isCloseTo(0.25, within(1e-12));
    assertThat(Uncovered.probability(2, 2, 2)).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(Uncovered.probability(3, 2, 2)).isZero();
  }

  @Test
  void withoutKnownOrNewImagesNothingIsFound() {
    assertThat(Uncovered.find("contrast", Uncovered.Range.of(), Map.of("a", 1.0))).isEmpty();
    assertThat(Uncovered.find("contrast", Uncovered.Range.of(1), Map.of())).isEmpty();
  }
}
