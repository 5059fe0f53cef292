package org.fairspark.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static List<String> images(int count) {
    return IntStream.range(0, count).mapToObj(i -> "nut/train/good/" + i + ".png").toList();
  }

  @Test
  void aGroupIsHeldOutWholeOrNotAtAll() {
    Map<String, String> groups = new TreeMap<>();
    images(200).forEach(id -> groups.put(id, "lot " + id.hashCode() % 10));
    HeldOut held = HeldOut.chooseGroups(1, "nut", groups, 0.1, 0.05);
    assertThat(held.ids()).hasSizeBetween(19, 150);
    Set<String> lots = new TreeSet<>();
    held.ids().forEach(id -> lots.add(groups.get(id)));
    groups.forEach(
        (id, lot) -> assertThat(held.ids().contains(id)).as(id).isEqualTo(lots.contains(lot)));
    groups.replaceAll((id, lot) -> "one lot");
    assertThat(HeldOut.chooseGroups(1, "nut", groups, 0.1, 0.05).reason())
        .isEqualTo("the 200 training images are of 1 group(s), which are not divided");
    groups.replaceAll((id, lot) -> "");
    assertThat(HeldOut.chooseGroups(1, "nut", groups, 0.1, 0.05))
        .as("without groups")
        .isEqualTo(HeldOut.choose(1, "nut", images(200), 0.1, 0.05));
  }

  @Test
  void calibrationImagesOfTheDataSetAreTakenIfTheyAreEnough() {
    assertThat(HeldOut.given(images(30), 0.05).ids()).hasSize(30);
    assertThat(HeldOut.given(images(5), 0.05).reason())
        .isEqualTo(
            "the data set has 5 calibration images, and a false-positive rate of 0.05 takes 19");
  }

  @Test
  void heldOutImagesDependOnSeedAndIdsAlone() {
    List<String> shuffled = new ArrayList<>(images(200));
    Collections.reverse(shuffled);
    HeldOut held = HeldOut.choose(1, "nut", images(200), 0.1, 0.05);
    assertThat(held.ids()).hasSize(20).isSubsetOf(images(200));
    assertThat(HeldOut.choose(1, "nut", shuffled, 0.1, 0.05)).as("any order").isEqualTo(held);
    assertThat(HeldOut.choose(2, "nut", images(200), 0.1, 0.05)).isNotEqualTo(held);
    assertThat(HeldOut.choose(1, "nut", images(210), 0.1, 0.05).ids())
        .as("ten more images change few")
        .filteredOn(held.ids()::contains)
        .hasSizeGreaterThanOrEqualTo(17);
  }

  @Test
  void tooFewImagesAreNotHeldOutAndTheReasonIsGiven() {
    HeldOut few = HeldOut.choose(1, "nut", images(60), 0.1, 0.05);
    assertThat(few.ids()).isEmpty();
    assertThat(few.reason())
        .isEqualTo(
            "a share of 0.1 of 60 training images are 6, and a false-positive rate of 0.05 takes"
                + " 19; calibration.share = 0.32 would do");
    assertThat(HeldOut.choose(1, "nut", images(60), 0.32, 0.05).ids()).as("it does").hasSize(19);
    assertThat(HeldOut.choose(1, "nut", images(9), 0, 0.05).reason())
        .isEqualTo("calibration.share is 0");
    assertThat(HeldOut.choose(1, "nut", images(1), 0.9, 0.5).ids())
        .as("one is left to train on")
        .isEmpty();
  }

  @Test
  void thePixelThresholdIsBelowTheImageThreshold() {
    SeededRandom random = new SeededRandom(9);
    float[] scores = new float[40];
    float[] levels = new float[40];
    for (int i = 0; i < 40; i++) {
      float[] map = new float[500];
      for (int p = 0; p < map.length; p++) {
        map[p] = (float) random.nextDouble();
      }
      scores[i] = PixelLevel.of(map, 0);
      levels[i] = PixelLevel.of(map, 0.01);
      assertThat(levels[i]).isLessThanOrEqualTo(scores[i]);
    }
    Calibration calibration = Calibration.of(scores, levels, 0.01, 0.05, 0.95);
    assertThat(calibration.pixel().value()).isLessThan(calibration.image().value());
    assertThat(calibration.scores().count()).isEqualTo(40);
  }

  @Test
  void aLevelIsExceededByAtMostTheShare() {
    float[] map = {5, 1, 4, 2, 3, 9, 8, 7, 6, 10};
    assertThat(PixelLevel.of(map, 0)).isEqualTo(10);
    assertThat(PixelLevel.of(map, 0.2)).as("9 and 10 exceed it").isEqualTo(8);
    assertThat(PixelLevel.of(map, 0.29)).as("at most the share").isEqualTo(8);
  }

  @Test
  void normalizedScoresAreOneHalfAtTheThreshold() {
    assertThat(NormalizedScore.of(0, 0.3f)).isZero();
    assertThat(NormalizedScore.of(0.3f, 0.3f)).isEqualTo(0.5f);
    assertThat(NormalizedScore.of(0.9f, 0.3f)).isEqualTo(0.75f, within(1e-6f));
    assertThat(NormalizedScore.of(0.31f, 0.3f)).isGreaterThan(0.5f);
    assertThat(NormalizedScore.of(0, 0)).isEqualTo(0.5f);
    assertThat(NormalizedScore.of(1e-9f, 0)).isEqualTo(1);
    assertThatThrownBy(() -> NormalizedScore.of(Float.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
