package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.fairspark.image.codec.TiffFile.Picture;
import org.fairspark.image.codec.UndecodableImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are those of tifffile with imagecodecs, reduced to their highest 8 bits. */
class TiffKindsTest {
  private static DecodedImage read(byte[] file) throws UndecodableImageException {
    return ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE);
  }

  private static byte[] gray(byte[] file) throws UndecodableImageException {
    byte[] rgb = read(file).pixels().pixels();
    byte[] gray = new byte[rgb.length / 3];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = rgb[3 * i];
    }
    return gray;
  }

  private static int expected(int sample, int bits) {
    return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void packedSamplesGiveTheirHighestBitsInBothPolarities(int bits) throws Exception {
    int top = (1 << bits) - 1;
    int[] samples = {0, 1, top / 2, top - 1, top, top / 3};
    byte[] packed = TiffFile.packed(bits, 3, samples);
    int[] negative = Arrays.stream(samples).map(s -> top - s).toArray();

    byte[] plain = TiffFile.of(new Picture(3, 2, bits, 1, 1).strip(packed));
    byte[] whiteIsZero =
        TiffFile.of(new Picture(3, 2, bits, 1, 0).strip(TiffFile.packed(bits, 3, negative)));
    byte[] deflated =
        TiffFile.of(new Picture(3, 2, bits, 1, 1).with(259, 8).strip(TiffFile.deflated(packed)));

    byte[] expected = new byte[samples.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) expected(samples[i], bits);
    }
    assertThat(gray(plain)).as("black is zero").isEqualTo(expected);
    assertThat(gray(whiteIsZero)).as("white is zero").isEqualTo(expected);
    assertThat(gray(deflated)).as("deflated").isEqualTo(expected);
    byte[] mask = ImageDecoder.decodeMask(whiteIsZero, DecodeLimits.DEFAULT).pixels();
    assertThat(mask[0]).as("a mask's background").isZero();
    assertThat(mask[4]).as("a mask's foreground").isEqualTo((byte) 255);
    assertThat(mask[1]).as("the darkest of what is no background").isNotZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 9, 10, 12, 13, 14})
  void packedColourToo(int bits) throws Exception {
    int top = (1 << bits) - 1;
    int[] samples = {0, top, top / 2, 1, top - 1, top / 4};

    byte[] file =
        TiffFile.of(
            new Picture(2, 1, bits, 3, 2).strip(TiffFile.packed(bits, samples.length, samples)));

    byte[] expected = new byte[samples.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) expected(samples[i], bits);
    }
    assertThat(read(file).pixels().pixels()).as("RGB").isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void grayWithMoreSamplesIsItsFirst(int samples) throws Exception {
    byte[] pixels = new byte[2 * samples];
    Arrays.fill(pixels, (byte) 200);
    pixels[0] = 7;
    pixels[samples] = 90;
    byte[] unsaid = TiffFile.of(new Picture(2, 1, 8, samples, 1).strip(pixels));
    byte[] said =
        TiffFile.of(
            new Picture(2, 1, 8, samples, 1).with(338, new long[samples - 1]).strip(pixels));

    assertThat(gray(unsaid)).as("extra samples not named").containsExactly(7, 90);
    assertThat(gray(said)).as("extra samples named").containsExactly(7, 90);
    assertThat(read(unsaid).pixels().at(0, 0, 1)).as("green").isEqualTo(7);
  }

  @Test
  void theFirstPictureThatIsNoThumbnailOrMaskIsTaken() throws Exception {
    Picture thumbnail = new Picture(1, 1, 8, 1, 1).with(254, 1).strip(new byte[] {99});
    Picture transparency = new Picture(2, 1, 1, 1, 4).with(254, 4).strip(new byte[] {0});
    Picture first = new Picture(2, 1, 8, 1, 1).strip(new byte[] {10, 20});
    Picture second = new Picture(2, 1, 8, 1, 1).with(254, 2).strip(new byte[] {30, 40});

    byte[] stack = TiffFile.of(thumbnail, transparency, first, second);

    assertThat(gray(stack)).as("pixels").containsExactly(10, 20);
    assertThat(read(stack).pages()).as("pictures to choose from").isEqualTo(2);
    assertThat(read(TiffFile.of(thumbnail, first)).pages()).as("a thumbnail").isEqualTo(1);
    assertThat(gray(TiffFile.of(thumbnail))).as("nothing else").containsExactly(99);
    first.described("ImageJ=1.53t\nimages=7\n");
    assertThat(read(TiffFile.of(first)).pages()).as("ImageJ's stack").isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 50000, ZSTD",
    "9, 34926, ZSTD",
    "9, 34925, LZMA",
    "9, 34887, LERC",
    "9, 50001, WebP",
    "9, 34712, JPEG 2000",
    "9, 50002, JPEG XL",
    "9, 4711, 4711"
  })
  void otherCompressionsAreNamed(int size, int compression, String name) {
    byte[] file =
        TiffFile.of(new Picture(3, 3, 8, 1, 1).with(259, compression).strip(new byte[size]));

    assertRefused(file, Reason.UNSUPPORTED, name);
  }

  @Test
  void signedSamplesThatAreNotNegativeAreReadAsUnsignedOnes() throws Exception {
    byte[] words = TiffFile.words(0, 500, 32767);
    byte[] signed = TiffFile.of(new Picture(3, 1, 16, 1, 1).with(339, 2).strip(words));
    byte[] unsigned = TiffFile.of(new Picture(3, 1, 16, 1, 1).strip(words));

    assertThat(ImageDecoder.decode(signed, DecodeLimits.DEFAULT).pixels())
        .isEqualTo(ImageDecoder.decode(unsigned, DecodeLimits.DEFAULT).pixels());
    assertThat(ImageDecoder.decode(signed, DecodeLimits.DEFAULT).pixels()[8] & 0xFF)
        .as("the largest of 15 bits")
        .isGreaterThan(120);
  }

  @Test
  void otherSamplesAreNamed() {
    byte[] sensor = TiffFile.of(new Picture(2, 2, 8, 1, 32803).strip(new byte[4]));
    byte[] signed =
        TiffFile.of(new Picture(3, 1, 16, 1, 1).with(339, 2).strip(TiffFile.words(-1000, 0, 500)));
    byte[] floats = TiffFile.of(new Picture(1, 1, 32, 1, 1).with(339, 3).strip(new byte[4]));
    byte[] wide = TiffFile.of(new Picture(1, 1, 32, 1, 1).strip(new byte[4]));

    assertRefused(sensor, Reason.UNSUPPORTED, "Bayer");
    assertRefused(signed, Reason.UNSUPPORTED, "negative samples");
    assertRefused(floats, Reason.UNSUPPORTED, "floating-point");
    assertRefused(wide, Reason.UNSUPPORTED, "32 bits per sample");
  }

  /** OpenCV 5.0 gives the expected colours. */
  @Test
  void cielabIsConvertedAsOpenCvDoes() throws Exception {
    int[] lab = {95, 130, 194, 61, 125, 10, 50, 210, 3, 135, 7, 3, 255, 91, 3, 0, 0, 3};
    byte[] file = TiffFile.of(new Picture(6, 1, 8, 3, 8).strip(TiffFile.packed(8, 18, lab)));

    assertThat(read(file).pixels().pixels())
        .as("RGB")
        .isEqualTo(
            TiffFile.packed(
                8, 18, 0, 125, 169, 203, 0, 44, 0, 64, 30, 153, 125, 109, 255, 166, 222, 0, 0, 0));
    assertRefused(
        TiffFile.of(new Picture(1, 1, 16, 3, 8).strip(new byte[6])), Reason.UNSUPPORTED, "CIELAB");
  }

  @Test
  void dataThatDoNotFillThePictureAreRefused() {
    byte[] deflated = TiffFile.deflated(TiffFile.packed(8, 64, squares(64 * 64)));
    byte[] zeroed = deflated.clone();
    Arrays.fill(zeroed, zeroed.length / 2, zeroed.length / 2 + 20, (byte) 0);

    assertRefused(
        TiffFile.of(new Picture(4, 4, 8, 1, 1).strip(new byte[9])), Reason.TRUNCATED, "9 bytes");
    assertRefused(
        TiffFile.of(new Picture(64, 64, 8, 1, 1).with(259, 8).strip(zeroed)),
        Reason.CORRUPT,
        "strip 0");
    assertRefused(
        TiffFile.of(
            new Picture(64, 64, 8, 1, 1)
                .with(259, 8)
                .strip(Arrays.copyOf(deflated, deflated.length - 6))),
        Reason.CORRUPT,
        "strip 0");
  }

  @Test
  void packedBytesThatEndEarlyAreTruncated() {
    // PackBits: a run of five bytes, for a picture of nine.
    byte[] file =
        TiffFile.of(new Picture(3, 3, 8, 1, 1).with(259, 32773).strip(new byte[] {-4, 7}));

    assertRefused(file, Reason.TRUNCATED, "end before its pixels do");
  }

  private static int[] squares(int count) {
    int[] squares = new int[count];
    for (int i = 0; i < count; i++) {
      squares[i] = i * i / 7 & 0xFF;
    }
    return squares;
  }

  /** A fax (T.6) of eight white rows of eight pixels, each coded as the same as the one above. */
  @Test
  void aFaxThatEndsEarlyIsRefused() throws Exception {
    byte[] rowsAndEnd = {(byte) 0xFF, 0x00, 0x10, 0x01};
    byte[] half = {(byte) 0xF0};

    byte[] whole = TiffFile.of(new Picture(8, 8, 1, 1, 0).with(259, 4).strip(rowsAndEnd));

    assertThat(read(whole).pixels().pixels()).as("white").containsOnly(255);
    assertRefused(
        TiffFile.of(new Picture(8, 8, 1, 1, 0).with(259, 4).strip(half)), Reason.CORRUPT, "TIFF");
  }

  @Test
  void aJpegInATiffThatEndsEarlyIsRefused() throws Exception {
    byte[] jpeg = Fixtures.writeRaw(1, 64, 64, squares(64 * 64));
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length * 2 / 3);

    byte[] whole = TiffFile.of(new Picture(64, 64, 8, 1, 1).with(259, 7).strip(jpeg));

    assertThat(gray(whole))
        .as("as the JPEG itself")
        .isEqualTo(ImageDecoder.decodeMask(jpeg, DecodeLimits.DEFAULT).pixels());
    assertRefused(
        TiffFile.of(new Picture(64, 64, 8, 1, 1).with(259, 7).strip(cut)), Reason.CORRUPT, "JPEG");
  }

  private static void assertRefused(byte[] file, Reason reason, String message) {
    UndecodableImageException refused =
        catchThrowableOfType(UndecodableImageException.class, () -> read(file));
    assertThat(refused).as("refused, for %s", message).isNotNull().hasMessageContaining(message);
    assertThat(refused.reason()).as("reason").isEqualTo(reason);
  }
}
