package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTrialTest {
  @Test
  void halvesAreEvenAndEveryImageIsJudgedByTheOther() {
    List<String> ids = TrialFixture.ids(11);
    ScoreTrial trial = ScoreTrial.of(1, "bottle", ids);
    for (int d = 0; d < ScoreTrial.DIVISIONS; d++) {
      int division = d;
      assertThat(ids.stream().filter(id -> trial.halves().get(id)[division])).hasSize(5);
    }
    for (TrialScores scores : TrialFixture.scores(trial, TrialFixture.aligned(ids))) {
      for (int d = 0; d < ScoreTrial.DIVISIONS; d++) {
        int own = 2 * d + (trial.halves().get(scores.id())[d] ? 1 : 0);
        assertThat(scores.judgedBy()[d] / 2).isEqualTo(d);
        assertThat(scores.judgedBy()[d]).isNotEqualTo(own);
      }
    }
  }

  @Test
  void planDependsOnSeedAndIdsAlone() {
    List<String> ids = new ArrayList<>(TrialFixture.ids(100));
    ScoreTrial trial = ScoreTrial.of(1, "bottle", ids);
    Collections.reverse(ids);
    ScoreTrial again = ScoreTrial.of(1, "bottle", ids);

    assertThat(trial.images()).isEqualTo(ScoreTrial.MAX_IMAGES);
    assertThat(again.halves().keySet()).isEqualTo(trial.halves().keySet());
    trial.halves().forEach((id, halves) -> assertThat(again.halves().get(id)).isEqualTo(halves));
    assertThat(ScoreTrial.of(2, "bottle", ids).halves().keySet())
        .isNotEqualTo(trial.halves().keySet());
  }

  @Test
  void spreadOverMachinesIsTheSameToTheLastBit() {
    List<String> ids = TrialFixture.ids(8);
    ScoreTrial trial = ScoreTrial.of(1, "bottle", ids);
    List<TrialMaps> maps = TrialFixture.aligned(ids);
    ScoreTrial.Sums serial = TrialFixture.sums(trial, maps);
    ScoreTrial.Sums merged = TrialFixture.sums(trial, maps.subList(6, 8));
    merged.merge(TrialFixture.sums(trial, maps.subList(0, 1)));
    merged.merge(TrialFixture.sums(trial, maps.subList(1, 6)));

    IntStream.range(0, 2 * ScoreTrial.DIVISIONS)
        .forEach(
            h ->
                PositionSumsTest.assertSame(
                    serial.normals().get(h).map(), merged.normals().get(h).map()));
    List<TrialScores> reversed = new ArrayList<>(TrialFixture.scores(trial, maps));
    Collections.reverse(reversed);
    assertThat(ScoreChoice.of(reversed, 1))
        .isEqualTo(ScoreChoice.of(TrialFixture.scores(trial, maps), 1));
    List<TrialPixels> counts = new ArrayList<>(TrialFixture.pixels(trial, maps));
    Collections.reverse(counts);
    assertThat(PixelChoice.of(counts, 1))
        .isEqualTo(PixelChoice.of(TrialFixture.pixels(trial, maps), 1));
  }

  @Test
  void ownScoresAreThoseOfAnImageThatTheyDoNotKnow() {
    List<String> ids = TrialFixture.ids(8);
    ScoreTrial trial = ScoreTrial.of(1, "bottle", ids);
    List<TrialMaps> maps = TrialFixture.aligned(ids);
    MapSums all = TrialFixture.sums(trial, maps).all();
    MapSums others = new MapSums(TrialFixture.SIDE, TrialFixture.SIDE);
    maps.subList(1, 8).forEach(m -> m.addTo(others));

    Scorer fitted =
        new Scorer(ScoreStatistic.POSITION_Z, PixelStatistic.POSITION_RATIO, all.normals().ofMap());
    Scorer own = ScoreTrial.withoutOwn(maps.get(0), fitted, all);
    PositionSumsTest.assertSame(own.normals().map(), others.normals().map());
    assertThat(own.statistic()).isEqualTo(ScoreStatistic.POSITION_Z);
    assertThat(own.pixels()).isEqualTo(PixelStatistic.POSITION_RATIO);
    assertThat(ScoreTrial.withoutOwn(maps.get(0), Scorer.PAPER, all)).isSameAs(Scorer.PAPER);
  }
}
