package org.fairspark.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fairspark.config.DataLayout;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.PngEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaskCodingTest {
  private static DecodedImage mask(String format, BufferedImage image) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).as("written").isTrue();
    return ImageDecoder.readMask(file.toByteArray(), DecodeLimits.DEFAULT);
  }

  private static MaskCoding.Normalized gray(DataLayout layout, int... values) throws Exception {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    byte[] file = PngEncoder.encode(new PixelImage(1, 1, values.length, pixels));
    return MaskCoding.of(layout).normalize(ImageDecoder.readMask(file, DecodeLimits.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({"0, 255, false", "0, 1, true", "0, 254, true", "100, 200, true", "7, 8, true"})
  void twoValuesBecomeBlackAndWhiteInEveryLayout(int normal, int anomalous, boolean told)
      throws Exception {
    for (DataLayout layout : Stream.of(DataLayout.MVTEC, DataLayout.FOLDER).toList()) {
      MaskCoding.Normalized mask = gray(layout, normal, anomalous, normal, normal);

      assertThat(mask.pixels().pixels()).as("values").containsExactly(0, 255, 0, 0);
      assertThat(mask.twoValues()).as("told").isEqualTo(told);
      assertThat(mask.coversHalf()).as("covers more than half").isFalse();
      assertThat(mask.withoutWhite()).as("lacks white").isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(DataLayout.class)
  void classNumbersAreAllDefects(DataLayout layout) throws Exception {
    assertThat(gray(layout, 0, 1, 2, 3).pixels().pixels()).containsExactly(0, 255, 255, 255);
    assertThat(gray(layout, 0, 0, 0).pixels().pixels()).as("none").containsOnly(0);
  }

  @Test
  void grayLevelsAreKeptAndToldWhereNoneIsWhite() throws Exception {
    MaskCoding.Normalized edged = gray(DataLayout.MVTEC, 0, 120, 255, 0);
    MaskCoding.Normalized pale = gray(DataLayout.MVTEC, 0, 120, 200, 0);

    assertThat(edged.pixels().pixels()).containsExactly(0, 120, 255, 0);
    assertThat(edged.withoutWhite()).as("has white").isFalse();
    assertThat(pale.pixels().pixels()).containsExactly(0, 120, 200, 0);
    assertThat(pale.withoutWhite()).as("has none").isTrue();
    assertThat(gray(DataLayout.VISA, 0, 120, 200, 0).pixels().pixels())
        .as("VisA's are classes")
        .containsExactly(0, 255, 255, 0);
  }

  @Test
  void aMaskThatCoversMoreThanHalfIsTold() throws Exception {
    assertThat(gray(DataLayout.MVTEC, 255, 255, 255, 0).coversHalf()).isTrue();
    assertThat(gray(DataLayout.MVTEC, 255, 255, 0, 0).coversHalf()).isFalse();
    assertThat(gray(DataLayout.MVTEC, 9, 9, 9).coversHalf()).as("all of one value").isTrue();
  }

  @Test
  void aLossyMaskOfTwoValuesHasNoEdgeOfGray() throws Exception {
    BufferedImage square = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 21; y < 42; y++) {
      for (int x = 13; x < 50; x++) {
        square.getRaster().setSample(x, y, 0, 255);
      }
    }

    MaskCoding.Normalized mask = MaskCoding.of(DataLayout.MVTEC).normalize(mask("jpeg", square));

    byte[] exact = new byte[64 * 64];
    int[] samples = square.getRaster().getSamples(0, 0, 64, 64, 0, (int[]) null);
    for (int i = 0; i < exact.length; i++) {
      exact[i] = (byte) samples[i];
    }
    assertThat(mask.pixels().pixels()).as("as it was drawn").isEqualTo(exact);
    assertThat(mask.twoValues()).as("told").isTrue();
  }

  @Test
  void colourAndAlphaChannelsAreMasksToo() throws Exception {
    BufferedImage red = new BufferedImage(3, 1, BufferedImage.TYPE_3BYTE_BGR);
    red.setRGB(1, 0, 0xFF0000);
    BufferedImage alpha = new BufferedImage(3, 1, BufferedImage.TYPE_4BYTE_ABGR);
    alpha.setRGB(0, 0, 0x00000000);
    alpha.setRGB(1, 0, 0xFF000000);
    alpha.setRGB(2, 0, 0x00000000);

    for (BufferedImage image : new BufferedImage[] {red, alpha}) {
      MaskCoding.Normalized mask = MaskCoding.of(DataLayout.FOLDER).normalize(mask("png", image));
      assertThat(mask.pixels().pixels()).containsExactly(0, 255, 0);
    }
  }
}
