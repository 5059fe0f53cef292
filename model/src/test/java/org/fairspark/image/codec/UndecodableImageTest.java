package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndecodableImageTest {
  private static final BufferedImage COLOR =
      Fixtures.buffered(Fixtures.rgb(24, 20), BufferedImage.TYPE_3BYTE_BGR);

  private static UndecodableImageException failure(byte[] file) {
    UndecodableImageException color =
        catchThrowableOfType(
            UndecodableImageException.class, () -> ImageDecoder.decode(file, DecodeLimits.DEFAULT));
    UndecodableImageException mask =
        catchThrowableOfType(
            UndecodableImageException.class,
            () -> ImageDecoder.decodeMask(file, DecodeLimits.DEFAULT));
    assertThat(color).as("decoding %d bytes to colour", file.length).isNotNull();
    assertThat(mask).as("decoding %d bytes to a mask", file.length).isNotNull();
    assertThat(mask.reason()).as("reason").isEqualTo(color.reason());
    return color;
  }

  @Test
  void noBytesAreEmpty() {
    assertThat(failure(new byte[0]).reason()).as("reason").isEqualTo(Reason.EMPTY);
  }

  @Test
  void textIsNoImageAndTheMessageShowsHowItBegins() {
    UndecodableImageException failure =
        failure("Dear Sir,\nplease find".getBytes(StandardCharsets.UTF_8));

    assertThat(failure.reason()).as("reason").isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(failure).as("message").hasMessageContaining("\"Dear Sir,\\x0apl\"");
  }

  @Test
  void otherFormatsAreNamed() {
    UndecodableImageException gif =
        failure("GIF89a\1\0\1\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(gif.reason()).as("reason").isEqualTo(Reason.UNSUPPORTED);
    assertThat(gif).as("message").hasMessageContaining("GIF").hasMessageContaining("PNG, JPEG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "tiff"})
  void aFileCutAnywhereIsTruncated(String format) {
    byte[] whole = Fixtures.write(COLOR, format);

    for (int length = 1; length < whole.length; length++) {
      assertThat(failure(Arrays.copyOf(whole, length)).reason())
          .as("%s cut to %d of %d bytes", format, length, whole.length)
          .isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void progressiveFilesCutAnywhereAreTruncated() {
    for (String format : new String[] {"png", "jpeg"}) {
      byte[] whole = Fixtures.writeProgressive(COLOR, format);
      for (int length = 1; length < whole.length; length++) {
        assertThat(failure(Arrays.copyOf(whole, length)).reason())
            .as("%s cut to %d of %d bytes", format, length, whole.length)
            .isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @Test
  void aDamagedByteOfAPngIsNoticed() {
    byte[] whole = Fixtures.write(COLOR, "png");

    for (int at = 8; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      assertThat(failure(damaged).reason())
          .as("byte %d of %d is damaged", at, whole.length)
          .isIn(Reason.CORRUPT, Reason.TRUNCATED, Reason.UNSUPPORTED);
    }
  }

  @Test
  void aJpegBrokenInTheMiddleIsNotHalfDecoded() {
    byte[] file = Fixtures.write(COLOR, "jpeg");
    // Zeros in the middle of the compressed data, where no marker is.
    Arrays.fill(file, file.length / 2, file.length / 2 + 200, (byte) 0);

    assertThat(failure(file).reason()).as("reason").isEqualTo(Reason.CORRUPT);
  }

  @Test
  void aDecompressionBombIsRefusedFromItsHeader() {
    // 20000 x 20000 pixels would be 1.2 GB.
    byte[] png = Fixtures.png(20000, 20000, 8, 2, new byte[0]);
    byte[] jpeg = Fixtures.write(COLOR, "jpeg");
    int frame = indexOf(jpeg, 0xFF, 0xC0);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 20000).putShort(frame + 7, (short) 20000);
    byte[] bmp = Fixtures.write(COLOR, "bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 20000).putInt(22, 20000);
    byte[] tiff = {
      'M', 'M', 0, 42, 0, 0, 0, 8, 0, 3, //
      1, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0x4E, 0x20, //
      1, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0x4E, 0x20, //
      1, 0x11, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, //
      0, 0, 0, 0
    };

    for (byte[] bomb : new byte[][] {png, jpeg, bmp, tiff}) {
      UndecodableImageException failure = failure(bomb);
      assertThat(failure.reason()).as("reason").isEqualTo(Reason.TOO_LARGE);
      assertThat(failure)
          .as("message")
          .hasMessageContaining("20000 x 20000")
          .hasMessageContaining("100000000");
    }
  }

  @Test
  void aPngWhoseDataCannotFillItsHeaderTakesNoMemoryForPixels() {
    UndecodableImageException failure = failure(Fixtures.png(9999, 9999, 8, 2, new byte[9]));

    assertThat(failure.reason()).as("reason").isEqualTo(Reason.CORRUPT);
    assertThat(failure).as("message").hasMessageContaining("cannot hold 9999 x 9999");
  }

  @Test
  void theLimitItselfIsAllowed() throws Exception {
    byte[] file = Fixtures.write(COLOR, "png");

    assertThat(ImageDecoder.decode(file, new DecodeLimits(480)).width()).as("width").isEqualTo(20);
    assertThatExceptionOfType(UndecodableImageException.class)
        .as("one pixel fewer")
        .isThrownBy(() -> ImageDecoder.decode(file, new DecodeLimits(479)));
    assertThatIllegalArgumentException()
        .as("no pixels")
        .isThrownBy(() -> new DecodeLimits(0))
        .withMessageContaining("0");
  }

  private static int indexOf(byte[] file, int first, int second) {
    for (int i = 0; i + 1 < file.length; i++) {
      if (file[i] == (byte) first && file[i + 1] == (byte) second) {
        return i;
      }
    }
    throw new AssertionError("no marker");
  }
}
