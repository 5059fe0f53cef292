package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final PixelImage COLOR = Fixtures.rgb(13, 10);

  private static PixelImage decode(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decode(file, DecodeLimits.DEFAULT);
  }

  private static PixelImage decodeMask(byte[] file) throws UndecodableImageException {
    return ImageDecoder.decodeMask(file, DecodeLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "png," + BufferedImage.TYPE_3BYTE_BGR,
    "png," + BufferedImage.TYPE_4BYTE_ABGR,
    "bmp," + BufferedImage.TYPE_3BYTE_BGR,
    "tiff," + BufferedImage.TYPE_3BYTE_BGR,
    "tiff," + BufferedImage.TYPE_4BYTE_ABGR
  })
  void losslessColourComesBackByteForByteAndAlphaIsDropped(String format, int type)
      throws Exception {
    byte[] file = Fixtures.write(Fixtures.buffered(COLOR, type), format);

    PixelImage image = decode(file);

    assertThat(image.height()).as("rows").isEqualTo(13);
    assertThat(image.width()).as("columns").isEqualTo(10);
    assertThat(image.pixels()).as("RGB values").isEqualTo(COLOR.pixels());
  }

  @Test
  void interlacedPngEqualsPlainPng() throws Exception {
    for (int height = 1; height <= 9; height++) {
      for (int width = 1; width <= 9; width++) {
        PixelImage color = Fixtures.rgb(height, width);
        BufferedImage image = Fixtures.buffered(color, BufferedImage.TYPE_3BYTE_BGR);
        byte[] interlaced = Fixtures.writeProgressive(image, "png");

        assertThat(interlaced[28]).as("interlace method").isEqualTo((byte) 1);
        assertThat(decode(interlaced).pixels())
            .as("%d x %d", height, width)
            .isEqualTo(color.pixels());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void gray16GivesTheHighByteWithoutGamma(String format) throws Exception {
    BufferedImage gray =
        Fixtures.gray(BufferedImage.TYPE_USHORT_GRAY, 1, 4, 0x0000, 0x0005, 0x80FF, 0xFFFF);

    byte[] file = Fixtures.write(gray, format);

    assertThat(decode(file).pixels())
        .as("three equal channels")
        .containsExactly(0, 0, 0, 0, 0, 0, 0x80, 0x80, 0x80, 0xFF, 0xFF, 0xFF);
    assertThat(decodeMask(file).pixels())
        .as("a mask keeps what is above zero above zero")
        .containsExactly(0, 1, 0x80, 0xFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void gray8IsTakenAsStored(String format) throws Exception {
    BufferedImage gray = Fixtures.gray(BufferedImage.TYPE_BYTE_GRAY, 2, 3, 0, 1, 20, 100, 128, 255);

    byte[] file = Fixtures.write(gray, format);

    assertThat(decodeMask(file).pixels()).as("mask").containsExactly(0, 1, 20, 100, 128, 255);
    assertThat(decode(file).at(1, 1, 2)).as("blue of a gray pixel").isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void oneBitIsBlackAndWhite(String format) throws Exception {
    BufferedImage bits =
        Fixtures.gray(BufferedImage.TYPE_BYTE_BINARY, 1, 9, 1, 0, 0, 1, 1, 0, 1, 0, 1);

    assertThat(decodeMask(Fixtures.write(bits, format)).pixels())
        .as("mask")
        .containsExactly(255, 0, 0, 255, 255, 0, 255, 0, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void paletteGivesItsColours(String format) throws Exception {
    byte[] red = new byte[256];
    byte[] green = new byte[256];
    byte[] blue = new byte[256];
    red[1] = (byte) 200;
    green[1] = 10;
    blue[1] = 30;
    blue[2] = 1;
    IndexColorModel palette = new IndexColorModel(8, 256, red, green, blue);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 0, 2});

    byte[] file = Fixtures.write(image, format);

    assertThat(decode(file).pixels()).as("RGB").containsExactly(200, 10, 30, 0, 0, 0, 0, 0, 1);
    // 0.299 * 200 + 0.587 * 10 + 0.114 * 30 = 69.1; the darkest blue is still not background.
    assertThat(decodeMask(file).pixels()).as("mask").containsExactly(69, 0, 1);
  }

  @Test
  void everyPngFilterIsUndone() throws Exception {
    // Gray, 7 rows of 3, worked out by hand from section 9 of the PNG specification.
    byte[] lines = {
      0, 10, 20, 30, //
      1, 50, 10, (byte) 246, // 50, 60, 50
      2, 1, 1, (byte) 206, // 51, 61, 0
      3, 0, 0, 100, // 25, (25 + 61) / 2 = 43, 100 + (43 + 0) / 2 = 121
      4, 5, 1, 2, // 30; 43 + 1 (nearest to 30 + 43 - 25); 121 + 2 (nearest to 44 + 121 - 43)
      4, 5, 1, 2, // 35; 44 + 1 (nearest to 35 + 44 - 30); 123 + 2 (nearest to 45 + 123 - 44)
      4, (byte) 250, 3, (byte) 200 // 29; 35 + 3 (to 29 + 45 - 35); 125 + 200 (to 38 + 125 - 45)
    };

    assertThat(decodeMask(Fixtures.png(3, 7, 8, 0, lines)).pixels())
        .as("rows")
        .containsExactly(
            10, 20, 30, 50, 60, 50, 51, 61, 0, 25, 43, 121, 30, 44, 123, 35, 45, 125, 29, 38, 69);
    assertThat(decodeMask(Fixtures.png(1, 3, 8, 0, new byte[] {0, 9, 4, 1, 4, 2})).pixels())
        .as("a single column")
        .containsExactly(9, 10, 12);
  }

  @Test
  void packedGrayPngIsSpreadOverTheWholeRange() throws Exception {
    assertThat(decodeMask(Fixtures.png(4, 1, 2, 0, new byte[] {0, 0b00_01_10_11})).pixels())
        .as("2 bits: 0, 1, 2, 3 of 3")
        .containsExactly(0, 85, 170, 255);
  }

  @Test
  void jpegKeepsColourAndGray() throws Exception {
    byte[] pixels = new byte[16 * 16 * 3];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
      pixels[i + 1] = 40;
      pixels[i + 2] = 90;
    }
    BufferedImage flat =
        Fixtures.buffered(new PixelImage(3, 16, 16, pixels), BufferedImage.TYPE_3BYTE_BGR);

    for (boolean progressive : new boolean[] {false, true}) {
      byte[] file =
          progressive ? Fixtures.writeProgressive(flat, "jpeg") : Fixtures.write(flat, "jpeg");
      PixelImage image = decode(file);
      assertThat(image.at(7, 9, 0)).as("red").isCloseTo(200, within(2));
      assertThat(image.at(7, 9, 1)).as("green").isCloseTo(40, within(2));
      assertThat(image.at(7, 9, 2)).as("blue").isCloseTo(90, within(2));
      // 0.299 * 200 + 0.587 * 40 + 0.114 * 90 = 93.5
      assertThat(decodeMask(file).at(7, 9, 0)).as("luma").isCloseTo(93, within(2));
    }

    int[] gray = new int[64];
    Arrays.fill(gray, 77);
    assertThat(decode(Fixtures.writeRaw(1, 8, 8, gray)).at(3, 3, 1)).as("gray").isEqualTo(77);
  }

  @Test
  void adobeCmykJpegIsInverted() throws Exception {
    int[] inverted = new int[8 * 8 * 4];
    for (int i = 0; i < inverted.length; i += 4) {
      // No cyan, half magenta, all yellow, no black, each as 255 minus ink.
      inverted[i] = 255;
      inverted[i + 1] = 128;
      inverted[i + 3] = 255;
    }
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};

    PixelImage image =
        decode(Fixtures.withSegment(Fixtures.writeRaw(4, 8, 8, inverted), 0xEE, adobe));

    assertThat(image.at(4, 4, 0)).as("red").isCloseTo(255, within(2));
    assertThat(image.at(4, 4, 1)).as("green").isCloseTo(128, within(2));
    assertThat(image.at(4, 4, 2)).as("blue").isCloseTo(0, within(2));
  }

  @ParameterizedTest
  @CsvSource({
    // What the decoded image shows at its four corners: which corner of the stored one (A B / C D).
    "1, ABCD",
    "2, BADC",
    "3, DCBA",
    "4, CDAB",
    "5, ACBD",
    "6, CADB",
    "7, DBCA",
    "8, BDAC"
  })
  void exifOrientationIsApplied(int orientation, String corners) throws Exception {
    int[] quadrants = new int[16 * 32];
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        quadrants[y * 32 + x] = 60 * (y / 8 * 2 + x / 16);
      }
    }
    byte[] jpeg = Fixtures.writeRaw(1, 16, 32, quadrants);
    byte[] head = {'E', 'x', 'i', 'f', 0, 0};
    byte[] lines = new byte[16 * 33];
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        lines[y * 33 + 1 + x] = (byte) quadrants[y * 32 + x];
      }
    }
    byte[] png = Fixtures.png(32, 16, 8, 0, lines);
    byte[] exifChunk = Fixtures.chunk("eXIf", Fixtures.exif(orientation, true));
    byte[] pngWithExif =
        Fixtures.concat(Arrays.copyOf(png, 33), exifChunk, Arrays.copyOfRange(png, 33, png.length));

    List<byte[]> files =
        List.of(
            Fixtures.withSegment(
                jpeg, 0xE1, Fixtures.concat(head, Fixtures.exif(orientation, true))),
            Fixtures.withSegment(
                jpeg, 0xE1, Fixtures.concat(head, Fixtures.exif(orientation, false))),
            pngWithExif);

    for (byte[] file : files) {
      PixelImage image = decode(file);
      assertThat(image.height()).as("rows").isEqualTo(orientation < 5 ? 16 : 32);
      int bottom = image.height() - 1;
      int right = image.width() - 1;
      String seen =
          ""
              + corner(image.at(0, 0, 0))
              + corner(image.at(0, right, 0))
              + corner(image.at(bottom, 0, 0))
              + corner(image.at(bottom, right, 0));
      assertThat(seen).as("corners").isEqualTo(corners);
    }
  }

  private static char corner(int value) {
    return "ABCD".charAt(Math.round(value / 60f));
  }

  @Test
  void unusualMetadataSegmentsDoNotStopAJpeg() throws Exception {
    byte[] plain = Fixtures.write(Fixtures.buffered(COLOR, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    byte[] brokenProfile = "ICC_PROFILE\0\1\1 broken".getBytes(StandardCharsets.US_ASCII);
    byte[] brokenExif = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, (byte) 0xFF, 0, 0, 0};

    byte[] file =
        Fixtures.withSegment(Fixtures.withSegment(plain, 0xE2, brokenProfile), 0xE1, brokenExif);

    assertThat(decode(file).pixels()).as("pixels").isEqualTo(decode(plain).pixels());
  }

  /** In a Spark executor the thread's context class loader need not see this application. */
  @Test
  void manyThreadsWithForeignClassLoadersDecodeAlike() throws Exception {
    List<byte[]> files = new ArrayList<>();
    for (String format : new String[] {"png", "jpeg", "bmp", "tiff"}) {
      files.add(Fixtures.write(Fixtures.buffered(COLOR, BufferedImage.TYPE_3BYTE_BGR), format));
    }
    List<byte[]> expected = new ArrayList<>();
    for (byte[] file : files) {
      expected.add(decode(file).pixels());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] file = files.get(i % 4);
        calls.add(
            () -> {
              Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
              return decode(file).pixels();
            });
      }
      List<Future<byte[]>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).as("decoding %d", i).isEqualTo(expected.get(i % 4));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void suffixesAreThoseOfDecodedAndOfRecognizedFormats() {
    assertThat(ImageDecoder.suffixes())
        .containsExactlyInAnyOrder(
            "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "tif", "tiff", "gif", "webp", "pgm",
            "ppm", "pnm", "pbm", "pam", "pfm", "jp2", "j2k", "j2c", "jpx", "jls", "jxl", "jxr",
            "heic", "heif", "avif");
  }
}
