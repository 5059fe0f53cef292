package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;

/** Files written by Pillow 13.0 (libwebp); expected values are those of OpenCV 5.0. */
class WebpCodecTest {
  private static final String LOSSLESS_DATA =
      "5650384c3d0000002f034000003fa0a06d1ba67760c69f5f699049db845d7331ff2aa7206d0366cfd2fc4bebfc"
          + "0728608c978133d7f91d14024080c63a93c88228a2ffd13d00";
  private static final byte[] LOSSLESS = hex("524946464a00000057454250" + LOSSLESS_DATA);

  /** The same, turned by EXIF orientation 6. */
  private static final byte[] TURNED =
      hex(
          "524946467e00000057454250565038580a00000008000000030000010000"
              + LOSSLESS_DATA
              + "455849461a0000004d4d002a00000008000101120003000000010006000000000000");

  /** 16 x 16 pixels of gray 200. */
  private static final byte[] LOSSY =
      hex(
          "52494646240000005745425056503820180000003001009d012a1000100000c01225a400037000fefc"
              + "868000");

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static DecodedImage read(byte[] file) throws UndecodableImageException {
    return ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE);
  }

  @Test
  void losslessIsExact() throws Exception {
    DecodedImage image = read(LOSSLESS);

    byte[] row = {
      (byte) 255,
      0,
      0,
      0,
      (byte) 255,
      0,
      0,
      0,
      (byte) 255,
      9,
      8,
      7, //
      1,
      2,
      3,
      40,
      50,
      60,
      (byte) 255,
      (byte) 255,
      (byte) 255,
      0,
      0,
      0
    };
    assertThat(image.pixels().pixels()).as("RGB").isEqualTo(row);
    assertThat(image.lossy()).as("lossy").isFalse();
  }

  @Test
  void exifTurnsIt() throws Exception {
    DecodedImage image = read(TURNED);

    assertThat(image.pixels().width()).as("columns").isEqualTo(2);
    assertThat(image.pixels().at(0, 1, 0)).as("the first pixel, now to the right").isEqualTo(255);
    assertThat(image.isTurned()).as("turned").isTrue();
  }

  @Test
  void lossyIsReadAndSaysSo() throws Exception {
    DecodedImage image = read(LOSSY);

    assertThat(image.pixels().pixels()).as("gray 200").containsOnly(200);
    assertThat(image.lossy()).as("lossy").isTrue();
  }

  @Test
  void aFileCutAnywhereIsTruncated() {
    for (byte[] whole : new byte[][] {LOSSLESS, TURNED, LOSSY}) {
      for (int length = 1; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        UndecodableImageException refused =
            catchThrowableOfType(UndecodableImageException.class, () -> read(cut));
        assertThat(refused).as("cut to %d bytes", length).isNotNull();
        assertThat(refused.reason()).as("cut to %d", length).isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @Test
  void aSizeBeyondTheLimitIsRefusedFromTheHeader() {
    UndecodableImageException refused =
        catchThrowableOfType(
            UndecodableImageException.class,
            () -> ImageDecoder.decode(LOSSY, new DecodeLimits(255)));

    assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
  }
}
