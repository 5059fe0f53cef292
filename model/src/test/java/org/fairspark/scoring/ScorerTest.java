package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class ScorerTest {
  @Test
  void paperScoreOfTilesIsThatOfTheWholeMap() {
    FloatImage map = noise(37, 50);
    assertThat(Scorer.PAPER.scoreOfTiles(map, ImageSize.square(16)))
        .isEqualTo(Scorer.PAPER.score(map));
  }

  @Test
  void tilesOfOneImageSizeAreThatImage() {
    FloatImage map = noise(16, 16);
    Scorer scorer = Scorer.of(ScoreStatistic.MAX_OVER_LEVEL);
    assertThat(scorer.scoreOfTiles(map, ImageSize.square(16))).isEqualTo(scorer.score(map));
  }

  @Test
  void levelOfTilesIsThatOfTheirNeighbourhood() {
    float[] values = new float[16 * 64];
    Arrays.fill(values, 0.01f);
    for (int r = 0; r < 16; r++) {
      // A dark half at ten times the level, where a peak of 0.15 is nothing.
      Arrays.fill(values, r * 64 + 32, r * 64 + 64, 0.1f);
    }
    values[8 * 64 + 56] = 0.15f;
    FloatImage map = new FloatImage(1, 16, 64, values);
    values[8 * 64 + 8] = 0.05f;

    assertThat(Scorer.of(ScoreStatistic.MAX_OVER_LEVEL).scoreOfTiles(map, ImageSize.square(16)))
        .isEqualTo(5f);
  }

  @Test
  void positionsAreThereIfAndOnlyIfTheyAreNeeded() {
    float[] ones = {1, 1, 1, 1};
    NormalMaps normals = NormalMaps.of(new PositionProfile(2, 2, ones, ones, ones, ones));
    assertThat(Scorer.of(ScoreStatistic.PAPER, PixelStatistic.PAPER, normals).normals()).isNull();
    assertThat(Scorer.of(ScoreStatistic.PAPER, PixelStatistic.POSITION_RATIO, normals).normals())
        .isEqualTo(normals);
    assertThatThrownBy(() -> Scorer.of(ScoreStatistic.POSITION_Z))
        .hasMessageContaining(
            "position-z of an image and paper of its pixels need normal images' maps");
    assertThatThrownBy(() -> new Scorer(ScoreStatistic.PAPER, PixelStatistic.PAPER, normals))
        .hasMessageContaining("paper of its pixels know no positions");
    Scorer scorer = Scorer.of(ScoreStatistic.POSITION_Z, PixelStatistic.PAPER, normals);
    assertThatThrownBy(() -> scorer.score(noise(2, 3)))
        .hasMessageContaining("positions of 2 x 2, the map has 2 x 3");
    assertThatThrownBy(() -> scorer.scoreOfTiles(noise(4, 4), ImageSize.square(2)))
        .hasMessageContaining("tiles have none");
  }

  private static FloatImage noise(int height, int width) {
    SeededRandom random = new SeededRandom(11);
    float[] values = new float[height * width];
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) random.nextDouble();
    }
    return new FloatImage(1, height, width, values);
  }
}
