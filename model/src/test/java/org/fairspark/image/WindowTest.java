package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  /** Two rows, 1 2 3 and 4 5 6. */
  private static final PixelImage IMAGE = new PixelImage(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});

  @Test
  void mirrorsBeyondTheImageAgainAndAgain() {
    assertThat(Window.of(IMAGE, 0, 0, new ImageSize(5, 8)).pixels())
        .containsExactly(
            1, 2, 3, 3, 2, 1, 1, 2, //
            4, 5, 6, 6, 5, 4, 4, 5, //
            4, 5, 6, 6, 5, 4, 4, 5, //
            1, 2, 3, 3, 2, 1, 1, 2, //
            1, 2, 3, 3, 2, 1, 1, 2);
    assertThat(Window.of(IMAGE, 1, 1, new ImageSize(2, 3)).pixels())
        .as("from within")
        .containsExactly(5, 6, 6, 5, 6, 6);
  }

  @Test
  void cutsChannelsAlike() {
    PixelImage colour = new PixelImage(3, 1, 2, new byte[] {1, 2, 3, 4, 5, 6});
    ImageSize size = new ImageSize(2, 3);
    assertThat(Window.of(colour, 0, 0, size).pixels())
        .containsExactly(1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    assertThat(Window.of(colour.toFloat(), 0, 0, size).values())
        .as("numbers as bytes")
        .isEqualTo(Window.of(colour, 0, 0, size).toFloat().values());
    FloatImage larger = Window.of(colour.toFloat(), 0, 0, size);
    assertThat(Window.of(larger, 0, 0, colour.size()).values())
        .as("and back")
        .isEqualTo(colour.toFloat().values());
  }

  @Test
  void theWholeImageIsItself() {
    assertThat(Window.of(IMAGE, 0, 0, IMAGE.size())).isSameAs(IMAGE);
  }
}
