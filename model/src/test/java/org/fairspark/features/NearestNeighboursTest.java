package org.fairspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNeighboursTest {
  static Vectors random(int count, int dimension, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[count * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Vectors(count, dimension, values);
  }

  private static double distance(Vectors a, int i, Vectors b, int j) {
    double sum = 0;
    for (int d = 0; d < a.dimension(); d++) {
      double e = a.values()[i * a.dimension() + d] - b.values()[j * a.dimension() + d];
      sum += e * e;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 3, 2", "256, 4, 5", "257, 5, 9", "600, 11, 3", "3, 6, 9"})
  void findsWhatComparingAllFinds(int count, int dimension, int k) {
    Vectors bank = random(count, dimension, 1);
    Vectors queries = random(5, dimension, 2);
    NearestNeighbours search = new NearestNeighbours(bank);
    for (int q = 0; q < queries.count(); q++) {
      int query = q;
      List<Integer> expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparing(i -> distance(queries, query, bank, i)))
              .limit(k)
              .toList();
      var found = search.nearest(queries.values(), q * dimension, k);
      var nearest = search.nearestFrom(queries.values(), q * dimension, q % count);
      assertThat(nearest.indexes()).containsExactly(found.indexes()[0]);
      assertThat(nearest.distances()).containsExactly(found.distances()[0]);
      assertThat(found.indexes()).containsExactly(expected.stream().mapToInt(i -> i).toArray());
      for (int n = 0; n < expected.size(); n++) {
        assertThat((double) found.distances()[n])
            .isCloseTo(distance(queries, q, bank, expected.get(n)), within(1e-5));
      }
    }
  }

  @Test
  void takesTheFirstOfEquallyNearOnesWhateverTheGuess() {
    NearestNeighbours search = new NearestNeighbours(new Vectors(4, 1, new float[] {9, 3, 5, 3}));
    for (int guess = 0; guess < 4; guess++) {
      assertThat(search.nearestFrom(new float[] {4}, 0, guess).indexes()).containsExactly(1);
    }
  }
}
