package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreChoiceTest {
  @Test
  void alignedPartsAreJudgedByPosition() {
    ScoreChoice choice = TrialFixture.choice(TrialFixture.aligned(TrialFixture.ids(12)));

    assertThat(choice.statistic().byPosition()).isTrue();
    assertThat(choice.evidence()).hasSize(ScoreStatistic.values().length);
    ScoreChoice.Evidence best = choice.evidence().get(0);
    assertThat(best.statistic()).isEqualTo(choice.statistic());
    assertThat(best.auroc()).isGreaterThan(0.9);
    assertThat(best.leadLow()).isPositive().isLessThanOrEqualTo(best.lead());
    assertThat(best.leadHigh()).isGreaterThanOrEqualTo(best.lead());
    assertThat(choice.runnerUp()).contains(choice.evidence().get(1));
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
