package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellMasksTest {
  private static CellMasks draw(int side) {
    return CellMasks.draw(side, 32, 48, new SeededRandom(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void setsAreDisjointCoverTheImageAndAreMadeOfCells(int side) {
    CellMasks masks = draw(side);
    int[] sets = new int[32 * 48];
    for (int set = 0; set < CellMasks.SETS; set++) {
      boolean[] mask = masks.mask(set);
      int inside = 0;
      for (int p = 0; p < mask.length; p++) {
        inside += mask[p] ? 1 : 0;
        sets[p] += mask[p] ? 1 : 0;
        int corner = p / 48 / side * side * 48 + p % 48 / side * side;
        assertThat(mask[p]).isEqualTo(mask[corner]);
      }
      assertThat(inside).as("pixels of set %d", set).isEqualTo(32 * 48 / 3);
    }
    assertThat(sets).containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({"5,32,48", "16,16,16", "4,1,1"})
  void sizesThatCellsDoNotDivideAreCoveredToo(int side, int height, int width) {
    CellMasks masks = CellMasks.draw(side, height, width, new SeededRandom(1));
    int covered = 0;
    for (int set = 0; set < CellMasks.SETS; set++) {
      for (boolean inside : masks.mask(set)) {
        covered += inside ? 1 : 0;
      }
    }
    assertThat(covered).isEqualTo(height * width);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16})
  void whatIsBlackenedAndWhatIsCopiedMakesTheImage(int side) {
    CellMasks masks = draw(side);
    FloatImage image = new FloatImage(3, 32, 48, new float[3 * 32 * 48]);
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = 1 + i;
    }
    FloatImage without = masks.without(image, 1);
    assertThat(without.values()).contains(0).doesNotContain(-1);
    masks.copy(image, 1, without);
    assertThat(without.values()).isEqualTo(image.values());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> masks.without(new FloatImage(3, 48, 32, image.values()), 1))
        .withMessageContaining("masks of 32 x 48 for an image of 48 x 32");
  }
}
