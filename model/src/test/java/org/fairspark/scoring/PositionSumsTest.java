package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.inspection.Inspection;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class PositionSumsTest {
  private static final int SIDE = 12;

  @Test
  void sumsMergeToTheSameBitsInAnyOrder() {
    List<float[]> maps = maps(9);
    PositionSums one = sums(maps);
    PositionSums other = sums(maps.subList(5, 9)).merge(sums(maps.subList(0, 2)));
    other.merge(sums(maps.subList(2, 5)));

    assertSame(one.profile(), other.profile());
  }

  @Test
  void mapThatIsTakenAwayWasNeverThere() {
    List<float[]> maps = maps(9);
    PositionSums all = sums(maps);
    PositionSums without = all.copy();
    without.remove(maps.get(8));

    assertSame(without.profile(), sums(maps.subList(0, 8)).profile());
    assertThat(all.maps()).isEqualTo(9);
  }

  @Test
  void profileOfEvenMapsIsTheirMeanAndDeviation() {
    PositionSums sums = new PositionSums(SIDE, SIDE);
    for (float v : new float[] {0.1f, 0.2f, 0.3f}) {
      float[] map = new float[SIDE * SIDE];
      Arrays.fill(map, v);
      sums.add(map);
    }
    PositionProfile profile = sums.profile();

    for (int p = 0; p < SIDE * SIDE; p++) {
      assertThat(profile.mean()[p]).isCloseTo(0.2f, within(1e-6f));
      // Deviation 0.1, and half of the mean variance is added to the variance.
      assertThat(profile.deviation()[p]).isCloseTo((float) (0.1 * Math.sqrt(1.5)), within(1e-5f));
      assertThat(profile.logMean()[p]).isCloseTo(0, within(1e-6f));
    }
  }

  /**
   * Zeros outside of what is inspected must not reach into it by the window: a normal image's edge
   * would be the greatest anomaly.
   */
  @Test
  void profileOfAFrameIsThatOfWhatIsInside() {
    int border = 2;
    int inner = SIDE - 2 * border;
    PositionSums framed = new PositionSums(SIDE, SIDE);
    PositionSums cut = new PositionSums(inner, inner);
    for (float[] map : maps(9)) {
      float[] inside = new float[inner * inner];
      float[] frame = new float[SIDE * SIDE];
      Arrays.fill(frame, Inspection.OUTSIDE);
      for (int p = 0; p < inside.length; p++) {
        int at = (p / inner + border) * SIDE + p % inner + border;
        inside[p] = map[at];
        frame[at] = map[at];
      }
      cut.add(inside);
      framed.add(frame);
    }
    PositionProfile expected = cut.profile();
    PositionProfile actual = framed.profile();
    for (int p = 0; p < inner * inner; p++) {
      int at = (p / inner + border) * SIDE + p % inner + border;
      assertThat(actual.mean()[at]).isCloseTo(expected.mean()[p], within(1e-6f));
      assertThat(actual.logMean()[at]).isCloseTo(expected.logMean()[p], within(1e-5f));
      // What is added to every variance is the mean over all positions, known or filled.
      assertThat(actual.logDeviation()[at])
          .isCloseTo(expected.logDeviation()[p], withinPercentage(2));
    }
    for (float[] plane : List.of(actual.mean(), actual.deviation(), actual.logDeviation())) {
      for (float v : plane) {
        assertThat(v).as("outside too").isPositive();
      }
    }
  }

  @Test
  void positionsThatNoImageTellsOfHaveWhatTheOthersHave() {
    PositionSums sums = new PositionSums(1, 40);
    for (float v : new float[] {0.1f, 0.2f, 0.3f}) {
      float[] map = new float[40];
      Arrays.fill(map, Inspection.OUTSIDE);
      Arrays.fill(map, 0, 20, v);
      sums.add(map);
    }
    PositionProfile profile = sums.profile();
    assertThat(profile.mean()[39]).isCloseTo(0.2f, within(1e-6f));
    assertThat(profile.deviation()[39]).isCloseTo(profile.deviation()[0], within(1e-6f));
    assertThat(profile.logMean()[39]).isZero();
  }

  @Test
  void whatCannotBeSummedIsRefused() {
    PositionSums sums = new PositionSums(SIDE, SIDE);
    assertThatThrownBy(() -> sums.add(new float[3])).hasMessageContaining("3 positions where 12");
    float[] diverged = new float[SIDE * SIDE];
    diverged[5] = Float.NaN;
    assertThatThrownBy(() -> sums.add(diverged)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> sums.merge(new PositionSums(SIDE, 3)))
        .hasMessageContaining("12 x 12 and of 12 x 3");
    assertThatThrownBy(sums::profile).hasMessageContaining("two maps or more, got 0");
  }

  private static List<float[]> maps(int count) {
    SeededRandom random = new SeededRandom(3);
    List<float[]> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] map = new float[SIDE * SIDE];
      for (int p = 0; p < map.length; p++) {
        map[p] = (float) random.nextDouble(0, 0.3);
      }
      maps.add(map);
    }
    return maps;
  }

  private static PositionSums sums(List<float[]> maps) {
    PositionSums sums = new PositionSums(SIDE, SIDE);
    maps.forEach(sums::add);
    return sums;
  }

  static void assertSame(PositionProfile one, PositionProfile other) {
    assertThat(one.mean()).isEqualTo(other.mean());
    assertThat(one.deviation()).isEqualTo(other.deviation());
    assertThat(one.logMean()).isEqualTo(other.logMean());
    assertThat(one.logDeviation()).isEqualTo(other.logDeviation());
  }
}
