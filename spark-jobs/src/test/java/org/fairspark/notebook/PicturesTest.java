package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class PicturesTest {
  @Test
  void pixelsKeepTheirPlaceAndColour() {
    PixelImage color = new PixelImage(3, 1, 2, new byte[] {1, 2, 3, (byte) 200, 100, 50});
    PixelImage gray = new PixelImage(1, 2, 1, new byte[] {7, (byte) 255});

    assertThat(rgb(Pictures.of(color), 1, 0)).isEqualTo(200 << 16 | 100 << 8 | 50);
    assertThat(rgb(Pictures.of(gray), 0, 0)).isEqualTo(0x070707);
    assertThat(rgb(Pictures.of(gray), 0, 1)).isEqualTo(0xFFFFFF);
  }

  @Test
  void aSignedPlaneHasZeroInTheMiddleAndClipsAtItsLimits() {
    FloatImage tensor = new FloatImage(2, 2, 2, new float[] {9, 9, 9, 9, 0, 0.1f, -0.1f, -5});

    BufferedImage picture = Pictures.signed(tensor, 1, 0.2);

    assertThat(rgb(picture, 0, 0)).as("0").isEqualTo(0x808080);
    assertThat(rgb(picture, 1, 0)).as("half of the limit").isEqualTo(0xBFBFBF);
    assertThat(rgb(picture, 0, 1)).as("minus half of the limit").isEqualTo(0x404040);
    assertThat(rgb(picture, 1, 1)).as("far below").isEqualTo(0);
  }

  @Test
  void aRangeWithoutValuesIsRefused() {
    assertThatThrownBy(() -> Pictures.scaled(new float[1], 1, 1, 2, 2))
        .hasMessage("no values lie between 2.0 and 2.0");
  }

  @Test
  void enlargingRepeatsPixels() {
    PixelImage gray = new PixelImage(1, 1, 2, new byte[] {10, 20});

    BufferedImage large = Pictures.enlarged(Pictures.of(gray), 3);

    assertThat(large.getWidth()).isEqualTo(6);
    assertThat(large.getHeight()).isEqualTo(3);
    assertThat(rgb(large, 2, 2)).isEqualTo(0x0A0A0A);
    assertThat(rgb(large, 3, 0)).isEqualTo(0x141414);
  }

  @Test
  void aSheetPutsPicturesInRowsUnderTheirCaptions() {
    Fonts.assume();
    BufferedImage red = filled(0xFC0000);
    BufferedImage blue = filled(0x0000FF);

    BufferedImage sheet =
        new Sheet(2, 32).add("a", red).add("b", red).add("a caption too wide", blue).image();

    assertThat(List.of(sheet.getWidth(), sheet.getHeight()))
        .as("two columns, two rows, gaps and captions")
        .containsExactly(2 * 32 + 10, 2 * (32 + 18) + 10);
    assertThat(rgb(sheet, 40 + 10, 18 + 10)).as("the second").isEqualTo(0xFF0000);
    assertThat(rgb(sheet, 10, 18 + 32 + 10 + 18 + 10)).as("the third").isEqualTo(0x0000FF);
    assertThat(rgb(sheet, 50, 18 + 32 + 10 + 18 + 10)).as("no fourth").isEqualTo(0xFFFFFF);
  }

  @Test
  void aSheetWithoutColourIsGray() {
    Fonts.assume();

    BufferedImage sheet = new Sheet(1, 32).add("", filled(0x818181)).image();

    assertThat(sheet.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(sheet.getRaster().getSample(5, 30, 0)).as("64 levels").isEqualTo(0x82);
  }

  private static BufferedImage filled(int rgb) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, rgb);
    }
    return image;
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }
}
