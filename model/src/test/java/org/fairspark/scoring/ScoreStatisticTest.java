package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.inspection.Inspection;
import org.junit.jupiter.api.Test;

class ScoreStatisticTest {
  /** Level 0.2, maximum 0.8. */
  private static final float[] MAP = {0.1f, 0.2f, 0.8f};

  private static final PositionProfile POSITIONS =
      new PositionProfile(
          1,
          3,
          new float[] {0.1f, 0.1f, 0.7f},
          new float[] {0.1f, 0.05f, 0.5f},
          new float[] {0, 0, (float) Math.log(3.5)},
          new float[] {0.5f, 0.5f, 0.1f});

  private static final AnomalyMaps MAPS = AnomalyMaps.of(MAP);
  private static final NormalMaps NORMALS =
      new NormalMaps(List.of(POSITIONS), new Mixture(new float[] {0}, new float[] {0.2f}));

  @Test
  void statisticsAreThoseOfAMapByHand() {
    assertThat(ScoreStatistic.PAPER.of(MAPS, null)).isEqualTo(0.8f);
    assertThat(ScoreStatistic.MAX_LESS_LEVEL.of(MAPS, null)).isCloseTo(0.6f, within(1e-6f));
    assertThat(ScoreStatistic.MAX_OVER_LEVEL.of(MAPS, null)).isCloseTo(4, within(1e-5f));
    assertThat(ScoreStatistic.MAX_OVER_ROOT_LEVEL.of(MAPS, null))
        .isCloseTo((float) (0.8 / Math.sqrt(0.2)), within(1e-5f));
    // Of three values the 99.5 % quantile is the second.
    assertThat(ScoreStatistic.QUANTILE_OVER_LEVEL.of(MAPS, null)).isCloseTo(1, within(1e-6f));
    // Standard scores 0, 2 and 0.2.
    assertThat(ScoreStatistic.POSITION_Z.of(MAPS, NORMALS)).isCloseTo(2, within(1e-5f));
    // log(4) less log(3.5), at the last position.
    assertThat(ScoreStatistic.POSITION_LOG.of(MAPS, NORMALS))
        .isCloseTo((float) Math.log(4 / 3.5), within(1e-5f));
    assertThat(ScoreStatistic.POSITION_LOG_Z.of(MAPS, NORMALS))
        .isCloseTo((float) (Math.log(4 / 3.5) / 0.1), within(1e-4f));
    // Its one part is that of the position-log-z.
    double part = Math.log(Math.log(4 / 3.5) / 0.1) / 0.2;
    assertThat(ScoreStatistic.MIXTURE.of(MAPS, NORMALS))
        .isCloseTo((float) Math.log(1 + Math.exp(part)), within(1e-4f));
  }

  @Test
  void whatIsNotInspectedCountsNowhere() {
    // As MAP, among two hundred pixels that an inspection left out.
    float[] framed = new float[203];
    Arrays.fill(framed, Inspection.OUTSIDE);
    System.arraycopy(MAP, 0, framed, 100, 3);
    assertThat(ScoreStatistic.level(framed)).isEqualTo(0.2f);
    assertThat(ScoreStatistic.level(new float[] {0, 0, 0.5f})).as("measured zeros").isZero();
    assertThat(ScoreStatistic.level(new float[] {-1, -0.5f, 0.5f, Inspection.OUTSIDE}))
        .as("detectors of others may give less than zero")
        .isEqualTo(-0.5f);
    for (ScoreStatistic statistic :
        List.of(
            ScoreStatistic.PAPER,
            ScoreStatistic.MAX_LESS_LEVEL,
            ScoreStatistic.MAX_OVER_LEVEL,
            ScoreStatistic.MAX_OVER_ROOT_LEVEL,
            ScoreStatistic.QUANTILE_OVER_LEVEL)) {
      assertThat(statistic.of(AnomalyMaps.of(framed), null))
          .as(statistic.word())
          .isEqualTo(statistic.of(MAPS, null));
    }
  }

  @Test
  void scoresOfAnEmptyMapAreFiniteAndNotNegative() {
    for (ScoreStatistic statistic : ScoreStatistic.values()) {
      assertThat(statistic.of(AnomalyMaps.of(new float[3]), NORMALS))
          .isBetween(0f, Float.MAX_VALUE);
    }
  }

  @Test
  void mapThatIsNoNumberHasAScoreThatIsNone() {
    for (ScoreStatistic statistic : ScoreStatistic.values()) {
      assertThat(statistic.of(AnomalyMaps.of(new float[] {0, Float.NaN, Float.NaN}), NORMALS))
          .isNaN();
    }
  }

  @Test
  void brighterMapLeavesWhatIsRelativeToTheLevel() {
    float[] brighter = {0.2f, 0.4f, 1.6f};
    for (ScoreStatistic statistic :
        new ScoreStatistic[] {
          ScoreStatistic.MAX_OVER_LEVEL,
          ScoreStatistic.QUANTILE_OVER_LEVEL,
          ScoreStatistic.POSITION_LOG,
          ScoreStatistic.POSITION_LOG_Z
        }) {
      assertThat(statistic.of(AnomalyMaps.of(brighter), NORMALS))
          .isCloseTo(statistic.of(MAPS, NORMALS), within(1e-5f));
    }
  }

  @Test
  void wordsNameThem() {
    assertThat(ScoreStatistic.MAX_OVER_LEVEL.word()).isEqualTo("max-over-level");
    for (ScoreStatistic statistic : ScoreStatistic.values()) {
      assertThat(ScoreStatistic.ofWord(statistic.word())).contains(statistic);
    }
    assertThat(ScoreStatistic.ofWord("maximum")).isEmpty();
  }
}
