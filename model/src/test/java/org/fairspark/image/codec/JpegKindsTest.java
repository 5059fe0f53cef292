package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegKindsTest {
  private static final byte[] JPEG =
      Fixtures.write(Fixtures.buffered(Fixtures.rgb(40, 48), BufferedImage.TYPE_3BYTE_BGR), "jpeg");

  private static PixelImage decode(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decode(file, DecodeLimits.DEFAULT);
  }

  private static byte[] withBeforeEnd(byte[] jpeg, byte[] bytes) {
    int end = jpeg.length - 2;
    return Fixtures.concat(
        Arrays.copyOf(jpeg, end), bytes, Arrays.copyOfRange(jpeg, end, jpeg.length));
  }

  /** A frame of Motion JPEG; the writer of the JDK uses the standard's tables. */
  @Test
  void aFrameWithoutHuffmanTablesHasTheStandardOnes() throws Exception {
    byte[] frame = JPEG;
    for (int at = indexOf(frame, 0xC4); at >= 0; at = indexOf(frame, 0xC4)) {
      int length = (frame[at + 2] & 0xFF) << 8 | (frame[at + 3] & 0xFF);
      frame =
          Fixtures.concat(
              Arrays.copyOf(frame, at), Arrays.copyOfRange(frame, at + 2 + length, frame.length));
    }

    assertThat(frame).as("without tables").hasSizeLessThan(JPEG.length - 400);
    assertThat(decode(frame).pixels()).as("pixels").isEqualTo(decode(JPEG).pixels());
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 2; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
        return i;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 512, 70_000})
  void paddingBeforeTheEndIsNoDamage(int bytes) throws Exception {
    assertThat(decode(withBeforeEnd(JPEG, new byte[bytes])).pixels())
        .as("pixels")
        .isEqualTo(decode(JPEG).pixels());
  }

  @Test
  void zerosInsteadOfTheLastDataAreDamage() {
    byte[] zeroed = JPEG.clone();
    Arrays.fill(zeroed, JPEG.length / 2, JPEG.length - 2, (byte) 0);

    assertRefused(zeroed, Reason.CORRUPT, "JPEG data");
  }

  @Test
  void manyBytesThatAreNoPaddingAreDamage() {
    byte[] bytes = new byte[60];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }

    assertRefused(withBeforeEnd(JPEG, bytes), Reason.CORRUPT, "extraneous");
  }

  @Test
  void jpegLsIsNamed() {
    byte[] file = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xF7, 0, 11, 8, 0, 1, 0, 1, 1, 1};
    byte[] rest = {0x11, 0, (byte) 0xFF, (byte) 0xD9};

    assertRefused(Fixtures.concat(file, rest), Reason.UNSUPPORTED, "JPEG-LS");
  }

  private static void assertRefused(byte[] file, Reason reason, String message) {
    UndecodableImageException refused =
        catchThrowableOfType(UndecodableImageException.class, () -> decode(file));
    assertThat(refused).as("refused").isNotNull().hasMessageContaining(message);
    assertThat(refused.reason()).as("reason").isEqualTo(reason);
  }
}
