package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PnmCodecTest {
  private static byte[] file(String header, int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return Fixtures.concat(header.getBytes(StandardCharsets.US_ASCII), data);
  }

  private static byte[] mask(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decodeMask(file, DecodeLimits.DEFAULT).pixels();
  }

  private static byte[] rgb(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decode(file, DecodeLimits.DEFAULT).pixels();
  }

  @Test
  void grayAndColourAreTakenAsStored() throws Exception {
    assertThat(mask(file("P5\n# a camera\n3 1\n255\n", 0, 7, 255))).containsExactly(0, 7, 255);
    assertThat(rgb(file("P6 1 2 255\n", 1, 2, 3, 4, 5, 6))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(mask(file("P2\n2 2\n255\n 0 10\n 200 255"))).containsExactly(0, 10, 200, 255);
    assertThat(rgb(file("P3 1 1 255 9 8 7\n"))).containsExactly(9, 8, 7);
  }

  @Test
  void oneIsBlackInABitmap() throws Exception {
    assertThat(mask(file("P4 9 2\n", 0b10000001, 0x80, 0, 0)))
        .containsExactly(
            0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255);
    assertThat(mask(file("P1\n3 1\n101"))).containsExactly(0, 255, 0);
  }

  @Test
  void theMaximumIsWhite() throws Exception {
    assertThat(mask(file("P5 3 1 100\n", 0, 50, 100))).containsExactly(0, 127, 255);
    assertThat(rgb(file("P5 2 1 4095\n", 0x08, 0x00, 0x0F, 0xFF)))
        .as("12 bits")
        .containsExactly(128, 128, 128, 255, 255, 255);
    assertThat(rgb(file("P6 1 1 65535\n", 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC)))
        .as("16 bits")
        .containsExactly(0x12, 0x56, 0x9A);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P5 4 3 255\n", "P6 4 1 255\n", "P5 2 3 1000\n", "P4 90 1\n"})
  void aFileCutAnywhereIsTruncated(String header) {
    byte[] whole = file(header, new int[12]);

    for (int length = 3; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      UndecodableImageException refused =
          catchThrowableOfType(UndecodableImageException.class, () -> rgb(cut));
      assertThat(refused).as("cut to %d bytes", length).isNotNull();
      assertThat(refused.reason()).as("cut to %d", length).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void aSampleBeyondTheMaximumIsCorrupt() {
    UndecodableImageException refused =
        catchThrowableOfType(UndecodableImageException.class, () -> rgb(file("P5 1 1 100\n", 101)));

    assertThat(refused.reason()).isEqualTo(Reason.CORRUPT);
  }
}
