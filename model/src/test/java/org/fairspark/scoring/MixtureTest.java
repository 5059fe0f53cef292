package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final Mixture MIXTURE =
      new Mixture(new float[] {(float) Math.log(4), 0}, new float[] {0.5f, 1});

  @Test
  void partThatStandsOutDecides() {
    // As normal images have them: u is 0 for both.
    assertThat(MIXTURE.of(new float[] {4, 1})).isCloseTo((float) Math.log(2), within(1e-6f));
    double first = Math.exp(Math.log(2) / 0.5);
    assertThat(MIXTURE.of(new float[] {8, 1}))
        .isCloseTo((float) Math.log(1 + (first + 1) / 2), within(1e-6f));
    // The second varies more on normal images: twice of it is less.
    assertThat(MIXTURE.of(new float[] {4, 2})).isLessThan(MIXTURE.of(new float[] {8, 1}));
    assertThat(MIXTURE.of(new float[] {8, 2})).isGreaterThan(MIXTURE.of(new float[] {8, 1}));
  }

  @Test
  void extremePartsGiveFiniteScores() {
    assertThat(MIXTURE.of(new float[] {0, 0})).isBetween(0f, 1f);
    assertThat(MIXTURE.of(new float[] {Float.MAX_VALUE, 1})).isBetween(100f, Float.MAX_VALUE);
    assertThat(MIXTURE.of(new float[] {4, Float.NaN})).isNaN();
  }

  @Test
  void fitIsMeanAndDeviationOverChangedNormalImages() {
    List<TrialScores> scores = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // In every half one image of each value.
      float value = i < 4 ? 1 : (float) Math.E;
      float[][][] parts = new float[ScoreTrial.DIVISIONS][][];
      int[] judgedBy = new int[ScoreTrial.DIVISIONS];
      for (int d = 0; d < parts.length; d++) {
        parts[d] = new float[][] {{value, value}, {3, 3}};
        judgedBy[d] = 2 * d + i % 2;
      }
      scores.add(new TrialScores("i" + i, judgedBy, null, null, parts, parts));
    }
    Mixture fitted = Mixture.of(scores);

    assertThat(fitted.logMean()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(fitted.logDeviation()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(fitted.logMean()[1]).isCloseTo((float) Math.log(3), within(1e-6f));
    assertThat(fitted.logDeviation()[1]).as("never 0").isEqualTo(0.05f);
    Collections.reverse(scores);
    assertThat(Mixture.of(scores).logMean()).isEqualTo(fitted.logMean());
  }

  @Test
  void mapsThatAreNotTheKnownOnesAreRefused() {
    float[] ones = {1, 1, 1, 1};
    PositionProfile profile = new PositionProfile(2, 2, ones, ones, ones, ones);
    assertThatThrownBy(() -> new NormalMaps(List.of(profile), MIXTURE))
        .hasMessageContaining("a mixture of 2 parts is not of 1 maps");
    NormalMaps normals = new NormalMaps(List.of(profile, profile), MIXTURE);
    assertThatThrownBy(() -> ScoreStatistic.MIXTURE.of(AnomalyMaps.of(ones), normals))
        .hasMessageContaining("an image with 1 maps where 2 are known");
    assertThatThrownBy(() -> new Mixture(new float[1], new float[1]))
        .hasMessageContaining("a deviation is above 0");
  }
}
