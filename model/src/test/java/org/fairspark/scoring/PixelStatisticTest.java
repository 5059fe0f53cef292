package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.image.FloatImage;
import org.fairspark.inspection.Inspection;
import org.junit.jupiter.api.Test;

class PixelStatisticTest {
  /** Level 0.2, of the three pixels that are inspected. */
  private static final float[] MAP = {Inspection.OUTSIDE, 0.1f, 0.2f, 0.8f};

  private static final PositionProfile POSITIONS =
      new PositionProfile(
          1,
          4,
          new float[4],
          new float[] {1, 1, 1, 1},
          new float[] {0, 0, (float) Math.log(0.5), (float) Math.log(2)},
          new float[] {1, 1, 1, 1});

  @Test
  void scoresAreThoseOfAMapByHand() {
    assertThat(PixelStatistic.PAPER.of(MAP, null)).isSameAs(MAP);
    float root = (float) Math.sqrt(0.2);
    assertThat(PixelStatistic.OVER_ROOT_LEVEL.of(MAP, null))
        .containsExactly(new float[] {-0f, 0.1f / root, 0.2f / root, 0.8f / root}, within(1e-6f));
    // Ratios to the level 0, 0.5, 1 and 4; normal images have 1, 1, 0.5 and 2 there.
    assertThat(PixelStatistic.POSITION_RATIO.of(MAP, POSITIONS))
        .containsExactly(new float[] {-0f, 0.5f, 2, 2}, within(1e-5f));
  }

  @Test
  void whatIsNotInspectedStaysZeroAndAnEmptyMapFinite() {
    for (PixelStatistic statistic : PixelStatistic.values()) {
      assertThat(statistic.of(new float[4], POSITIONS)).containsOnly(0);
      assertThat(statistic.of(new float[] {1, Float.NaN, 1, 1}, POSITIONS)[1]).isNaN();
    }
  }

  @Test
  void maximumOfTheRatioRanksImagesAsPositionLogDoes() {
    float[] ratio = PixelStatistic.POSITION_RATIO.of(MAP, POSITIONS);
    assertThat(Math.log(ScoreStatistic.PAPER.of(AnomalyMaps.of(ratio), null)))
        .isCloseTo(
            ScoreStatistic.POSITION_LOG.of(AnomalyMaps.of(MAP), NormalMaps.of(POSITIONS)),
            within(1e-6));
  }

  @Test
  void scorerGivesTheMapItselfUnlessToldOtherwise() {
    FloatImage map = new FloatImage(1, 1, 4, MAP);
    assertThat(Scorer.PAPER.pixelScores(map)).isSameAs(map);
    Scorer scorer =
        Scorer.of(ScoreStatistic.PAPER, PixelStatistic.POSITION_RATIO, NormalMaps.of(POSITIONS));
    assertThat(scorer.pixelScores(map).values())
        .isEqualTo(PixelStatistic.POSITION_RATIO.of(MAP, POSITIONS));
    assertThat(scorer.score(map)).isEqualTo(0.8f);
  }

  @Test
  void wordsNameThem() {
    assertThat(PixelStatistic.OVER_ROOT_LEVEL.word()).isEqualTo("over-root-level");
    for (PixelStatistic statistic : PixelStatistic.values()) {
      assertThat(PixelStatistic.ofWord(statistic.word())).contains(statistic);
    }
    assertThat(PixelStatistic.ofWord("map")).isEmpty();
  }
}
