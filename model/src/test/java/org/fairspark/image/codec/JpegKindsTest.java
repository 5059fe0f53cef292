package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
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

  /**
   * Nine columns and 19 rows whose colours have half the rows, without Huffman tables, by
   * libjpeg-turbo. OpenCV 5.0 gives the expected pixels; Java runtimes with libjpeg 6b other ones.
   */
  @Test
  void coloursOfHalfTheHeightAreSmoothedOnEveryJavaRuntime() throws Exception {
    byte[] file =
        HexFormat.of()
            .parseHex(
                "ffd8ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e2931302e"
                    + "292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb004301"
                    + "0e0e0e131113261515264f352d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f"
                    + "4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4fffc000110800130009030112"
                    + "00021101031101ffda000c03010002110311003f00d59f5612dc2dbe3f74c397ec2b9fdebe49"
                    + "b32ff2bf3bfb8abc151a8a1aefdde8fee3cf9a8276acbddf2d4e8336bff3f09f9d733fd9d07f"
                    + "cfdb7fdf46bbbd9d7fe627932cecfee654949d879a2b9f17fefb139e97c457dcdea7f3a2bb0e"
                    + "d3ffd9");

    PixelImage image = decode(file);

    assertThat(List.of(image.at(9, 4, 0), image.at(9, 4, 1), image.at(9, 4, 2)))
        .as("row 9")
        .containsExactly(113, 195, 146);
    CRC32 crc = new CRC32();
    crc.update(image.pixels());
    assertThat(crc.getValue()).as("checksum of all pixels").isEqualTo(0x902834feL);
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
    for (int length : new int[] {4, 5, 6, 13}) {
      assertRefused(Arrays.copyOf(file, length), Reason.UNSUPPORTED, "JPEG-LS");
    }
    byte[] empty = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xF7, 0, 0};
    assertRefused(empty, Reason.UNSUPPORTED, "JPEG-LS");
  }

  private static void assertRefused(byte[] file, Reason reason, String message) {
    UndecodableImageException refused =
        catchThrowableOfType(UndecodableImageException.class, () -> decode(file));
    assertThat(refused).as("refused").isNotNull().hasMessageContaining(message);
    assertThat(refused.reason()).as("reason").isEqualTo(reason);
  }
}
