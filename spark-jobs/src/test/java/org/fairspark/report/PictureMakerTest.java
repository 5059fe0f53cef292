package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class PictureMakerTest {
  @Test
  void highPassIsGrayAboutTheMiddle() throws IOException {
    float[] values = new float[32 * 32];
    values[0] = 0.5f;
    values[1] = -0.5f;
    values[2] = 0.25f;
    values[3] = 50;
    values[4] = 0.5f;
    BufferedImage image = read(PictureMaker.highPass(new FloatImage(1, 32, 32, values)));
    int[] gray = image.getRaster().getSamples(0, 0, 6, 1, 0, (int[]) null);
    // Two of 1024 values may be cut off: the spark of 50 does not dim the rest.
    assertThat(gray).containsExactly(255, 0, 191, 255, 255, 128);
  }

  @Test
  void flatHighPassIsMiddleGray() throws IOException {
    BufferedImage image = read(PictureMaker.highPass(new FloatImage(2, 4, 4, new float[32])));
    assertThat(image.getRaster().getSamples(0, 0, 4, 4, 0, (int[]) null)).containsOnly(128);
  }

  @Test
  void heatMapLeavesCalmPlacesAlone() throws IOException {
    byte[] pixels = new byte[4 * 3];
    Arrays.fill(pixels, (byte) 100);
    PixelImage gray = new PixelImage(3, 2, 2, pixels);
    FloatImage map = new FloatImage(1, 2, 2, new float[] {0, 0.1f, 0.3f, 9});
    BufferedImage image = read(PictureMaker.heatMap(gray, map, 0.1f, 0.3f));
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x646464);
    assertThat(image.getRGB(1, 0) & 0xFFFFFF).as("at the calm value").isEqualTo(0x646464);
    assertThat(image.getRGB(0, 1) & 0xFFFFFF).as("hot").isNotEqualTo(0x646464);
    assertThat(image.getRGB(1, 1)).as("hotter than hot").isEqualTo(image.getRGB(0, 1));
    assertThatThrownBy(() -> PictureMaker.heatMap(gray, map, 0.3f, 0.3f))
        .hasMessageContaining("above the calm one");
  }

  @Test
  void maskIsOutlinedAndTheRestDimmed() throws IOException {
    byte[] pixels = new byte[9 * 9 * 3];
    Arrays.fill(pixels, (byte) 100);
    byte[] mask = new byte[81];
    mask[4 * 9 + 4] = 1;
    BufferedImage image =
        read(
            PictureMaker.maskOutline(
                new PixelImage(3, 9, 9, pixels), new PixelImage(1, 9, 9, mask)));
    assertThat(image.getRGB(4, 4) & 0xFFFFFF).as("marked").isEqualTo(0x646464);
    assertThat(image.getRGB(6, 4) & 0xFFFFFF).as("rim").isEqualTo(0xFF40A0);
    assertThat(image.getRGB(7, 4) & 0xFFFFFF).as("outside").isEqualTo(0x3C3C3C);
  }

  @Test
  void thumbnailsFitTheirBudget() throws IOException {
    byte[] pixels = new byte[512 * 256 * 3];
    new java.util.Random(1).nextBytes(pixels);
    byte[] png = PictureMaker.picture(new PixelImage(3, 256, 512, pixels));
    Thumbnails none = Thumbnails.fitting(java.util.List.of(png, png), png.length * 2L).get();
    assertThat(none.shrink(png)).as("fits as it is").isSameAs(png);
    Thumbnails small = Thumbnails.fitting(java.util.List.of(png, png), 40_000).get();
    assertThat(Thumbnails.fitting(java.util.List.of(png, png), 400)).as("hopeless").isEmpty();
    BufferedImage image = read(small.shrink(png));
    assertThat(small.shrink(png).length).isLessThan(20_000);
    assertThat(image.getWidth()).as("keeps its shape").isEqualTo(2 * image.getHeight());
    assertThatThrownBy(
            () -> small.shrink("no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .hasMessageContaining("neither PNG nor JPEG");
  }

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }
}
