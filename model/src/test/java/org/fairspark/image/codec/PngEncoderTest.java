package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class PngEncoderTest {
  @Test
  void javaxImageioReadsWhatIsEncoded() throws Exception {
    PixelImage color = Fixtures.rgb(31, 17);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(color)));

    byte[] pixels = new byte[color.pixels().length];
    for (int y = 0, i = 0; y < 31; y++) {
      for (int x = 0; x < 17; x++, i += 3) {
        int rgb = read.getRGB(x, y);
        pixels[i] = (byte) (rgb >> 16);
        pixels[i + 1] = (byte) (rgb >> 8);
        pixels[i + 2] = (byte) rgb;
      }
    }
    assertThat(pixels).as("RGB").isEqualTo(color.pixels());
  }

  @Test
  void grayComesBackByteForByte() throws Exception {
    byte[] values = new byte[64];
    for (int i = 0; i < 64; i++) {
      values[i] = (byte) (i * i);
    }
    PixelImage gray = new PixelImage(1, 4, 16, values);

    PixelImage read = ImageDecoder.decodeMask(PngEncoder.encode(gray), DecodeLimits.DEFAULT);

    assertThat(read.pixels()).as("values").isEqualTo(values);
    assertThat(read.width()).as("width").isEqualTo(16);
  }

  @Test
  void smoothRowsAreFiltered() {
    byte[] ramp = new byte[256 * 256];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i % 256 + i / 256);
    }

    assertThat(PngEncoder.encode(new PixelImage(1, 256, 256, ramp)))
        .as("a plane of 65536 bytes, as PNG")
        .hasSizeLessThan(1000);
  }
}
