package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class HalfTiffTest {
  /** 0, 0.5, 1 and 2 in half precision. */
  private static final byte[] HALVES = {0, 0, 0, 0x38, 0, 0x3C, 0, 0x40, 0, 0x3C, 0, 0};

  @Test
  void anotherReaderFindsTheNumbers() throws IOException {
    byte[] file = HalfTiff.encode(HALVES, 2, 3);
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      assertThat(reader.getWidth(0)).isEqualTo(3);
      assertThat(reader.getHeight(0)).isEqualTo(2);
      Raster raster = reader.readRaster(0, null);
      assertThat(raster.getPixels(0, 0, 3, 2, (float[]) null)).containsExactly(0, 0.5f, 1, 2, 1, 0);
    } finally {
      reader.dispose();
    }
    assertThatThrownBy(() -> HalfTiff.encode(HALVES, 2, 2)).hasMessageContaining("8 bytes");
  }
}
