package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  void mixtureIsPreferredToWhatIsNotBetterBeyondChance() {
    ScoreChoice alike = ScoreChoice.of(trial(ScoreStatistic.POSITION_Z, 0.9), 1);
    assertThat(alike.evidence().get(0).statistic()).isEqualTo(ScoreStatistic.POSITION_Z);
    assertThat(alike.statistic()).isEqualTo(ScoreStatistic.MIXTURE);
    assertThat(alike.describe())
        .startsWith("score mixture, position-z is not better beyond chance: ")
        .endsWith("; position-z has 1.000");

    ScoreChoice better = ScoreChoice.of(trial(ScoreStatistic.POSITION_Z, 0), 1);
    assertThat(better.statistic()).isEqualTo(ScoreStatistic.POSITION_Z);
    assertThat(better.describe()).startsWith("score position-z, best in the trial");
  }

  /**
   * Scores of twelve images of which one statistic finds every defect, all others none.
   *
   * @param mixture share of the images whose defects the mixture finds
   */
  private static List<TrialScores> trial(ScoreStatistic best, double mixture) {
    List<TrialScores> scores = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int[] judgedBy = new int[ScoreTrial.DIVISIONS];
      float[][][] changed = new float[judgedBy.length][ScoreStatistic.values().length][1];
      float[][][] defective = new float[judgedBy.length][ScoreStatistic.values().length][1];
      float[][][] changedParts = new float[judgedBy.length][1][1];
      float[][][] defectiveParts = new float[judgedBy.length][1][1];
      for (int d = 0; d < judgedBy.length; d++) {
        judgedBy[d] = 2 * d + i % 2;
        defective[d][best.ordinal()][0] = 1;
        changedParts[d][0][0] = 1 + 0.01f * i;
        defectiveParts[d][0][0] = i < 12 * mixture ? 2 : 1;
      }
      scores.add(
          new TrialScores("i" + i, judgedBy, changed, defective, changedParts, defectiveParts));
    }
    return scores;
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
