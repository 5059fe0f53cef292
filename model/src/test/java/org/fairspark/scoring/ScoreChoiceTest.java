package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import org.fairspark.scoring.ScoreChoice.Evidence;
import org.junit.jupiter.api.Test;

class ScoreChoiceTest {
  @Test
  void alignedPartsAreJudgedByPosition() {
    ScoreChoice choice = TrialFixture.choice(TrialFixture.aligned(TrialFixture.ids(12)));

    assertThat(choice.statistic().byPosition()).isTrue();
    assertThat(choice.evidence()).hasSize(ScoreStatistic.values().length);
    assertThat(choice.evidence())
        .isSortedAccordingTo(Comparator.comparingDouble((Evidence e) -> -e.auroc()));
    Evidence chosen =
        choice.evidence().stream()
            .filter(e -> e.statistic() == choice.statistic())
            .findFirst()
            .orElseThrow();
    assertThat(chosen.auroc()).isGreaterThan(0.9);
    assertThat(chosen.leadLow()).isPositive().isLessThanOrEqualTo(chosen.lead());
    assertThat(chosen.leadHigh()).isGreaterThanOrEqualTo(chosen.lead());
    assertThat(choice.runnerUp().orElseThrow().statistic()).isNotEqualTo(choice.statistic());
    assertThat(choice.describe())
        .contains(
            "score " + choice.statistic().word(), "12 held-out images", "more than the paper's");
  }

  @Test
  void whatIsNoBetterThanThePaperIsNotTaken() {
    ScoreChoice choice = TrialFixture.choice(TrialFixture.plain(TrialFixture.ids(12)));

    assertThat(choice.statistic()).isEqualTo(ScoreStatistic.PAPER);
    assertThat(choice.describe()).startsWith("score paper, ");
  }

  @Test
  void trialOfTooFewIsRefused() {
    assertThatThrownBy(() -> TrialFixture.choice(TrialFixture.plain(TrialFixture.ids(4))))
        .hasMessageContaining("a trial takes 6 images, got 4");
  }

  @Test
  void choiceWithoutATrialSaysWhy() {
    ScoreChoice choice = ScoreChoice.without(ScoreStatistic.PAPER, "evaluation.score");
    assertThat(choice.describe()).isEqualTo("score paper (evaluation.score)");
    assertThat(choice.runnerUp()).isEmpty();
  }
}
