package org.fairspark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.inspection.Inspection;
import org.fairspark.scoring.PixelChoice.Evidence;
import org.junit.jupiter.api.Test;

class PixelChoiceTest {
  @Test
  void pixelsOfAlignedPartsAreRelatedToTheirPositions() {
    PixelChoice choice = TrialFixture.pixelChoice(TrialFixture.aligned(TrialFixture.ids(12)));

    assertThat(choice.statistic()).isEqualTo(PixelStatistic.POSITION_RATIO);
    Evidence best = choice.evidence().get(0);
    assertThat(best.statistic()).isEqualTo(PixelStatistic.POSITION_RATIO);
    assertThat(best.aupro()).isGreaterThan(0.95);
    assertThat(best.aurocLeadLow()).isPositive();
    assertThat(best.auproLeadLow()).isPositive();
    assertThat(choice.describe())
        .startsWith("pixels position-ratio, best in the trial: finds synthesized defects' pixels")
        .contains("; the map itself with AUROC 0.499 and AUPRO 0.000");
  }

  @Test
  void mapThatIsAsGoodStays() {
    PixelChoice choice = TrialFixture.pixelChoice(TrialFixture.plain(TrialFixture.ids(12)));

    assertThat(choice.statistic()).isEqualTo(PixelStatistic.PAPER);
    assertThat(choice.evidence()).hasSize(PixelStatistic.values().length);
    assertThat(choice.describe()).startsWith("pixels paper, no other is better beyond chance");
  }

  @Test
  void smallDefectsCountUnlessTheyAreFoundAtThePriceOfLargeOnes() {
    // Of 90 pixels of a large defect so many are found, and all 10 of a small one.
    assertThat(choiceBetweenLargeDefectAlone(80).statistic())
        .as("as many pixels, more defects")
        .isEqualTo(PixelStatistic.POSITION_RATIO);
    assertThat(choiceBetweenLargeDefectAlone(75).statistic())
        .as("fewer pixels, more defects")
        .isEqualTo(PixelStatistic.PAPER);
  }

  /** Chooses between the map, which finds a large defect alone, and another statistic. */
  private static PixelChoice choiceBetweenLargeDefectAlone(int foundOfLarge) {
    int[][] byMap = {bins(0, 0, 90), bins(10, 0, 0)};
    int[][] byOther = {bins(90 - foundOfLarge, 0, foundOfLarge), bins(0, 0, 10)};
    List<TrialPixels> counts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int[][][] normals = new int[ScoreTrial.DIVISIONS][PixelStatistic.values().length][];
      int[][][][] defects = new int[ScoreTrial.DIVISIONS][PixelStatistic.values().length][][];
      for (int division = 0; division < ScoreTrial.DIVISIONS; division++) {
        for (PixelStatistic statistic : PixelStatistic.values()) {
          normals[division][statistic.ordinal()] = bins(0, 100, 0);
          defects[division][statistic.ordinal()] =
              statistic == PixelStatistic.POSITION_RATIO ? byOther : byMap;
        }
      }
      counts.add(
          new TrialPixels("i" + i, new int[] {i % 2, 2 + i % 2, 4 + i % 2}, normals, defects));
    }
    return PixelChoice.of(counts, 1);
  }

  /** Returns numbers of pixels that score less than, as, and more than the normal ones. */
  private static int[] bins(int below, int as, int above) {
    int[] bins = new int[TrialPixels.BINS];
    bins[0] = below;
    bins[10] = as;
    bins[20] = above;
    return bins;
  }

  @Test
  void figuresAreThoseOfEveryPixelByHand() {
    // One normal map of four pixels, and one with a defect that is above three of seven others.
    float[] normal = {0.1f, 0.2f, 0.4f, 0.4f};
    float[] defective = {0.3f, 0.1f, 0.4f, 0.8f};
    boolean[] mask = {true, false, false, false};
    List<TrialPixels> counts = new ArrayList<>();
    for (int i = 0; i < ScoreTrial.MIN_IMAGES; i++) {
      TrialMaps maps =
          new TrialMaps(
              "i" + i,
              AnomalyMaps.of(normal),
              List.of(AnomalyMaps.of(normal)),
              List.of(AnomalyMaps.of(defective)),
              List.of(mask));
      int[][] paper = TrialPixels.count(maps, PixelStatistic.PAPER, null);
      int[] halves = {i % 2, 2 + i % 2, 4 + i % 2};
      counts.add(new TrialPixels(maps.id(), halves, all(paper[0]), all(new int[][] {paper[1]})));
    }
    Evidence map = PixelChoice.of(counts, 1).evidence().get(0);

    assertThat(map.auroc()).isCloseTo(3 / 7.0, within(1e-12));
    // The defect is found at a rate of 4/7, above the limit of 0.3.
    assertThat(map.aupro()).isCloseTo(0, within(1e-12));
  }

  @Test
  void pixelsThatAreNotInspectedAreNotCounted() {
    float outside = Inspection.OUTSIDE;
    TrialMaps maps =
        new TrialMaps(
            "i",
            AnomalyMaps.of(new float[] {0.1f, outside}),
            List.of(AnomalyMaps.of(new float[] {0.1f, outside})),
            List.of(AnomalyMaps.of(new float[] {0.3f, outside})),
            List.of(new boolean[] {true, true}));
    for (PixelStatistic statistic : List.of(PixelStatistic.PAPER, PixelStatistic.OVER_ROOT_LEVEL)) {
      int[][] counts = TrialPixels.count(maps, statistic, null);
      assertThat(Arrays.stream(counts[0]).sum()).as("normal pixels").isEqualTo(1);
      assertThat(Arrays.stream(counts[1]).sum()).as("the defect's").isEqualTo(1);
    }
  }

  private static int[][][] all(int[] bins) {
    int[][][] all = new int[ScoreTrial.DIVISIONS][PixelStatistic.values().length][];
    for (int[][] division : all) {
      Arrays.fill(division, bins);
    }
    return all;
  }

  private static int[][][][] all(int[][] defects) {
    int[][][][] all = new int[ScoreTrial.DIVISIONS][PixelStatistic.values().length][][];
    for (int[][][] division : all) {
      Arrays.fill(division, defects);
    }
    return all;
  }

  @Test
  void binsRiseWithTheScore() {
    assertThat(TrialPixels.bin(0)).isZero();
    assertThat(TrialPixels.bin(Float.MAX_VALUE)).isEqualTo(TrialPixels.BINS - 1);
    assertThat(TrialPixels.bin(1.1f)).isGreaterThan(TrialPixels.bin(1));
    assertThatThrownBy(() -> TrialPixels.bin(Float.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void trialOfTooFewIsRefused() {
    assertThatThrownBy(() -> TrialFixture.pixelChoice(TrialFixture.plain(TrialFixture.ids(4))))
        .hasMessageContaining("a trial takes 6 images, got 4");
  }

  @Test
  void choiceWithoutATrialSaysWhy() {
    assertThat(PixelChoice.without(PixelStatistic.PAPER, "evaluation.pixel-score").describe())
        .isEqualTo("pixels paper (evaluation.pixel-score)");
  }
}
