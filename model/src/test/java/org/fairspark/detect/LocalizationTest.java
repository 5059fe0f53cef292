package org.fairspark.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairspark.detect.Localization.Region;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  /** 4 x 4, mapped from an image of 8 rows and 12 columns. */
  private static final FloatImage MAP =
      new FloatImage(
          1, 4, 4, new float[] {0, 0, 0, 0.9f, 0, 0.5f, 0, 0, 0, 0.6f, 0.7f, 0, 0, 0, 0, 0});

  @Test
  void placesAreInThePixelsOfTheOriginal() {
    Localization found = Localization.of(MAP, 0.4f, 8, 12);
    assertThat(found.score()).isEqualTo(0.9f);
    assertThat(found.peakX()).as("middle of the last of four columns of 3").isEqualTo(10);
    assertThat(found.peakY()).as("middle of the first of four rows of 2").isEqualTo(1);
    assertThat(found.area()).as("4 of 16 map pixels of 6 each").isEqualTo(24);
    assertThat(found.regionCount()).isEqualTo(2);
    assertThat(found.regions())
        .containsExactly(new Region(9, 0, 3, 2, 6, 0.9f), new Region(3, 2, 6, 4, 18, 0.7f));
  }

  @Test
  void boxesReachToTheImagesEdgeAndNotBeyond() {
    FloatImage all = new FloatImage(1, 3, 3, new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(Localization.of(all, 0.5f, 700, 1001).regions())
        .containsExactly(new Region(0, 0, 1001, 700, 700_700, 1));
  }

  @Test
  void aValueAtTheThresholdDoesNotCount() {
    assertThat(Localization.of(MAP, 0.9f, 8, 12).regionCount()).isZero();
  }

  @Test
  void withoutAThresholdThereIsOnlyThePeak() {
    Localization found = Localization.of(MAP, 8, 12);
    assertThat(found.area()).isEqualTo(-1);
    assertThat(found.regions()).isEmpty();
    assertThat(found.peakX()).isEqualTo(10);
  }

  @Test
  void noiseDoesNotMakeRowsLong() {
    float[] dots = new float[64 * 64];
    for (int r = 0; r < 64; r += 2) {
      for (int c = 0; c < 64; c += 2) {
        dots[r * 64 + c] = 1 + r + c;
      }
    }
    Localization found = Localization.of(new FloatImage(1, 64, 64, dots), 0.5f, 64, 64);
    assertThat(found.regionCount()).isEqualTo(1024);
    assertThat(found.regions()).hasSize(Localization.MAX_REGIONS);
    assertThat(found.regions().get(0).peak()).isEqualTo(125);
  }
}
