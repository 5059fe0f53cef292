package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;

class BmpKindsTest {
  /** Returns an 8-bit BMP with a gray palette. */
  private static byte[] bmp(int headerBytes, int compression, int width, int height, byte[] data) {
    int offset = 14 + headerBytes + 1024;
    ByteBuffer bmp = ByteBuffer.allocate(offset + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(offset + data.length).putInt(0).putInt(offset);
    bmp.putInt(headerBytes).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    bmp.putInt(compression).putInt(data.length).putInt(0).putInt(0).putInt(0).putInt(0);
    bmp.position(14 + headerBytes);
    for (int i = 0; i < 256; i++) {
      bmp.putInt(0x10101 * i);
    }
    return bmp.put(data).array();
  }

  private static PixelImage decode(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decodeMask(file, DecodeLimits.DEFAULT);
  }

  @Test
  void pixelsWithoutAnOffsetFollowTheHeaders() throws Exception {
    PixelImage rgb = Fixtures.rgb(5, 7);
    byte[] color = Fixtures.write(Fixtures.buffered(rgb, BufferedImage.TYPE_3BYTE_BGR), "bmp");
    byte[] gray = bmp(40, 0, 4, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    ByteBuffer.wrap(color).putInt(10, 0);
    ByteBuffer.wrap(gray).putInt(10, 0);

    assertThat(ImageDecoder.decode(color, DecodeLimits.DEFAULT).pixels()).isEqualTo(rgb.pixels());
    assertThat(decode(gray).pixels()).as("with a palette").containsExactly(5, 6, 7, 8, 1, 2, 3, 4);
  }

  @Test
  void runLengthsThatEndEarlyAreRefused() throws Exception {
    byte[] runs = {4, 9, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 2, 5, 2, 6, 0, 1};

    assertThat(decode(bmp(40, 1, 4, 3, runs)).pixels())
        .as("bottom row first")
        .containsExactly(5, 5, 6, 6, 1, 2, 3, 4, 9, 9, 9, 9);
    for (int length = 2; length < runs.length; length += 2) {
      byte[] cut = bmp(40, 1, 4, 3, Arrays.copyOf(runs, length));
      UndecodableImageException refused =
          catchThrowableOfType(UndecodableImageException.class, () -> decode(cut));
      assertThat(refused).as("cut to %d bytes of runs", length).isNotNull();
      assertThat(refused.reason()).as("reason").isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void headersOfOs2AreNamed() {
    UndecodableImageException refused =
        catchThrowableOfType(
            UndecodableImageException.class,
            () -> decode(bmp(64, 0, 4, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})));

    assertThat(refused).as("refused").isNotNull().hasMessageContaining("OS/2 2.x");
    assertThat(refused.reason()).as("reason").isEqualTo(Reason.UNSUPPORTED);
  }
}
