package org.fairspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreedyCoresetTest {
  private static double radius(Vectors all, Vectors chosen) {
    NearestNeighbours search = new NearestNeighbours(chosen);
    double radius = 0;
    for (int i = 0; i < all.count(); i++) {
      radius =
          Math.max(radius, search.nearest(all.values(), i * all.dimension(), 1).distances()[0]);
    }
    return radius;
  }

  @Test
  void choosesTheFarthestEachTime() {
    // On a line: from 0 the farthest is 10, then 5 (5 from both ends), then 2 (2 from 0, 3 from 5).
    Vectors line = new Vectors(6, 1, new float[] {0, 1, 2, 5, 9, 10});
    GreedyCoreset chosen = GreedyCoreset.of(line, 4, 0);
    assertThat(chosen.vectors().values()).containsExactly(0, 10, 5, 2);
    assertThat(chosen.radius()).isEqualTo(1);
  }

  /** What is left out by the triangle inequality changes nothing. */
  @Test
  void choosesWhatComparingAllChooses() {
    Vectors all = NearestNeighboursTest.random(500, 19, 7);
    int[] expected = new int[60];
    float[] nearest = new float[all.count()];
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    for (int n = 0, next = 11; n < expected.length; n++) {
      expected[n] = next;
      int farthest = 0;
      for (int i = 0; i < nearest.length; i++) {
        float distance =
            SquaredDistance.within(
                all.values(), i * 19, all.values(), next * 19, 19, Float.POSITIVE_INFINITY);
        nearest[i] = Math.min(nearest[i], distance);
        farthest = nearest[i] > nearest[farthest] ? i : farthest;
      }
      next = farthest;
    }
    assertThat(GreedyCoreset.of(all, 60, 11).vectors().values())
        .containsExactly(all.select(expected).values());
  }

  @Test
  void theRadiusIsTheLargestDistanceThatIsLeft() {
    Vectors all = NearestNeighboursTest.random(700, 6, 3);
    GreedyCoreset chosen = GreedyCoreset.of(all, 40, 17);
    assertThat(chosen.vectors().count()).isEqualTo(40);
    assertThat(chosen.radius()).isCloseTo(radius(all, chosen.vectors()), within(1e-5));
    assertThat(GreedyCoreset.of(all, 80, 17).radius()).isLessThan(chosen.radius());
  }

  @Test
  void keepsAllWhereThereAreNoMore() {
    Vectors few = NearestNeighboursTest.random(3, 2, 4);
    assertThat(GreedyCoreset.of(few, 5, 0)).isEqualTo(new GreedyCoreset(few, 0));
  }

  @Test
  void theRadiusOfPartsIsABound() {
    Vectors first = NearestNeighboursTest.random(300, 5, 5);
    Vectors second = NearestNeighboursTest.random(400, 5, 6);
    GreedyCoreset merged =
        GreedyCoreset.merge(
            List.of(GreedyCoreset.of(first, 60, 0), GreedyCoreset.of(second, 80, 0)), 70);
    Vectors all = Vectors.concatenate(List.of(first, second));
    assertThat(merged.vectors().count()).isEqualTo(70);
    assertThat(radius(all, merged.vectors())).isLessThanOrEqualTo(merged.radius() + 1e-5);
    // Half as large again as what one choice among all leaves is what two rounds cost here.
    assertThat(radius(all, merged.vectors()))
        .isLessThan(1.5 * GreedyCoreset.of(all, 70, 0).radius());
  }

  @Test
  void refusesNone() {
    Vectors few = NearestNeighboursTest.random(3, 2, 4);
    assertThatThrownBy(() -> GreedyCoreset.of(few, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
