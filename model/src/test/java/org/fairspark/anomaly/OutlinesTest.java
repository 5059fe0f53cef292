package org.fairspark.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class OutlinesTest {
  private static PixelImage gray(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    Arrays.fill(pixels, (byte) 100);
    return new PixelImage(3, height, width, pixels);
  }

  /** Returns a letter for each pixel: g gray, c cyan, d darkened. */
  private static String drawn(PixelImage picture) {
    StringBuilder text = new StringBuilder();
    for (int p = 0; p < picture.pixels().length; p += 3) {
      int red = picture.pixels()[p] & 0xFF;
      text.append(red == 100 ? 'g' : red == 0 ? 'c' : 'd');
    }
    return text.toString();
  }

  @Test
  void aLineRunsAlongTheInnerEdgeOfWhatWasFound() {
    boolean[] found = new boolean[25];
    for (int row = 1; row < 4; row++) {
      Arrays.fill(found, row * 5 + 1, row * 5 + 4, true);
    }
    assertThat(drawn(Outlines.around(gray(5, 5), found, 5))).isEqualTo("ggggggcccggcgcggcccgggggg");
  }

  @Test
  void placesAtTheBorderOfThePictureAreOpenThere() {
    boolean[] found = {true, true, false, true, true, false, true, true, false};
    assertThat(drawn(Outlines.around(gray(3, 3), found, 3))).isEqualTo("gcggcggcg");
  }

  @Test
  void aLargerPictureShowsTheMapsPlaces() {
    boolean[] inside = {true, false};
    assertThat(drawn(Outlines.veiled(gray(2, 4), inside, 2))).isEqualTo("ggddggdd");
  }
}
