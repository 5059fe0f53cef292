package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class ScoreDriftTest {
  /** Counts normal scores about a centre, and a fraction of anomalous ones far above. */
  private static ScoreHistogram scores(long seed, int count, double centre, double anomalousShare) {
    SeededRandom random = new SeededRandom(seed);
    ScoreHistogram histogram = new ScoreHistogram();
    for (int i = 0; i < count; i++) {
      double score = centre + 0.02 * random.nextGaussian();
      boolean anomalous = i < anomalousShare * count;
      histogram.add((float) (anomalous ? 2 * score : score), false);
    }
    return histogram;
  }

  @Test
  void distanceIsTheLargestDifferenceOfTheDistributions() {
    ScoreHistogram low = new ScoreHistogram();
    low.add(new float[] {1, 2, 3, 4});
    ScoreHistogram high = new ScoreHistogram();
    high.add(new float[] {3, 4, 5, 6});
    ScoreDrift drift = ScoreDrift.between(low, high, 0);
    assertThat(drift.distance()).as("at 4: all against one half").isEqualTo(0.5, within(1e-12));
    assertThat(drift.higher()).isTrue();
    assertThat(drift.limit()).as("1.95 sqrt(1/4 + 1/4) is beyond 1").isEqualTo(1);
    assertThat(ScoreDrift.between(high, low, 0).higher()).isFalse();
    assertThat(ScoreDrift.between(low, high, 0.2).distance())
        .as("a fifth may be anything; at 2: 0.8 * 0.5 - 0")
        .isEqualTo(0.4, within(1e-12));
  }

  @Test
  void countedValuesHaveTheSameDistanceAndMedian() {
    ValueCounts low = new ValueCounts();
    ValueCounts high = new ValueCounts();
    for (int i = 1; i <= 4; i++) {
      low.add(i);
      high.add(i + 2);
    }
    ScoreDrift drift = ScoreDrift.between(low, high, 0.2);
    assertThat(drift.distance()).isEqualTo(0.4, within(1e-12));
    assertThat(drift.higher()).isTrue();
    assertThat(high.median()).isEqualTo(4);
    ValueCounts back = new ValueCounts();
    low.byValue().forEach(back::add);
    assertThat(back).isEqualTo(low);
    low.merge(high);
    assertThat(low.count()).isEqualTo(8);
    assertThat(low.median()).isEqualTo(3);
    assertThatThrownBy(() -> low.add(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void likeImagesAreNoDriftEvenWithTheToleratedAnomalies() {
    ScoreHistogram calibrated = scores(1, 50, 0.3, 0);
    for (int seed = 2; seed < 40; seed++) {
      assertThat(ScoreDrift.between(calibrated, scores(seed, 1000, 0.3, 0.1), 0.1).isDrift())
          .as("seed %d", seed)
          .isFalse();
    }
  }

  @Test
  void otherImagesAreDriftEitherWay() {
    ScoreHistogram calibrated = scores(1, 50, 0.3, 0);
    ScoreDrift up = ScoreDrift.between(calibrated, scores(2, 1000, 0.36, 0), 0.1);
    assertThat(up.isDrift()).isTrue();
    assertThat(up.higher()).isTrue();
    ScoreDrift down = ScoreDrift.between(calibrated, scores(2, 1000, 0.24, 0), 0.1);
    assertThat(down.isDrift()).isTrue();
    assertThat(down.higher()).isFalse();
  }

  @Test
  void nothingSeenIsNoDrift() {
    assertThat(ScoreDrift.between(scores(1, 50, 0.3, 0), new ScoreHistogram(), 0.1).isDrift())
        .isFalse();
  }

  @Test
  void histogramsComeBackFromBytesAndCountBySteps() {
    ScoreHistogram some = new ScoreHistogram();
    some.add(new float[] {0.1f, 0.2f, 0.3f, 0.9f, 3});
    ScoreHistogram back = ScoreHistogram.fromBytes(some.toBytes());
    assertThat(back.toBytes()).isEqualTo(some.toBytes());
    assertThat(back.count()).isEqualTo(5);
    assertThat(back.counts(0, 1, 4)).containsExactly(2, 1, 0, 2);
    assertThat(back.max()).isEqualTo(3);
  }
}
