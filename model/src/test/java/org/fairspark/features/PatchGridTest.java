package org.fairspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.junit.jupiter.api.Test;

class PatchGridTest {
  private static final PatchGrid GRID = new PatchGrid(new ImageSize(16, 32), 8, 4);

  @Test
  void patchesLieRowByRowAndTheLastEndsWithTheImage() {
    List<PatchGrid.Place> places = GRID.places();
    assertThat(places).hasSize(3 * 7);
    assertThat(places.get(1)).isEqualTo(new PatchGrid.Place(0, 4));
    assertThat(places.get(20)).isEqualTo(new PatchGrid.Place(8, 24));
    PatchGrid uneven = new PatchGrid(ImageSize.square(16), 8, 5);
    assertThat(uneven.places().get(2)).isEqualTo(new PatchGrid.Place(0, 8));
  }

  @Test
  void patchesAreWindowsOfTheImage() {
    float[] values = new float[16 * 32];
    values[4 * 32 + 8] = 1;
    FloatImage image = new FloatImage(1, 16, 32, values);
    List<FloatImage> patches = GRID.patches(image);
    assertThat(patches.get(7 + 2).values()[0]).as("the patch that begins there").isEqualTo(1);
    assertThat(patches.get(0).values()).as("8 x 8 pixels").hasSize(64).containsOnly(0);
  }

  @Test
  void mapsAreMeansAroundThePatchesCentres() {
    float[] scores = new float[21];
    Arrays.fill(scores, 3);
    for (float value : GRID.map(scores).values()) {
      assertThat(value).isCloseTo(3, within(1e-5f));
    }
    scores[7 + 3] = 9;
    FloatImage map = GRID.map(scores);
    float most = map.values()[8 * 32 + 16];
    for (float value : map.values()) {
      assertThat(value).isBetween(3 - 1e-5f, most);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatchGrid(ImageSize.square(16), 32, 8))
        .withMessageContaining("patches of 32 pixels, 8 apart, in images of 16 x 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GRID.patches(new FloatImage(1, 16, 16, new float[256])))
        .withMessageContaining("an image of 16 x 16");
  }
}
