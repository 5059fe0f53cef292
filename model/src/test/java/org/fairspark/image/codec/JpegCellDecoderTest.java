package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegCellDecoderTest {
  private static final ImageSize SMALL = new ImageSize(32, 40);

  /** A scene with shading, edges and a little noise, as a camera sees one. */
  private static PixelImage scene(int height, int width, int channels) {
    Random random = new Random(19);
    byte[] pixels = new byte[height * width * channels];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double shade = 110 + 60 * Math.sin(x / 37.0) * Math.cos(y / 51.0);
        boolean part = Math.hypot(x - 0.4 * width, y - 0.55 * height) < 0.27 * height;
        boolean scratch = Math.abs(x - 2 * y + 40) < 5;
        for (int c = 0; c < channels; c++) {
          double value = shade + (part ? 50 - 45 * c : 0) - (scratch ? 70 : 0);
          pixels[i++] = (byte) clipped(value + 6 * random.nextGaussian());
        }
      }
    }
    return new PixelImage(channels, height, width, pixels);
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }

  private static DecodedImage read(byte[] file, ImageSize reduced)
      throws UndecodableImageException {
    return ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE, size -> reduced);
  }

  private static double[] differences(PixelImage a, PixelImage b) {
    assertThat(a.size()).as("size").isEqualTo(b.size());
    double sum = 0;
    int most = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      int difference = Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
      sum += difference;
      most = Math.max(most, difference);
    }
    return new double[] {sum / a.pixels().length, most};
  }

  @ParameterizedTest
  @CsvSource({
    // height, width, quality, luma columns and rows for one of colour, expected cells
    "512, 640, 90, 2, 2, 8",
    "512, 640, 90, 1, 1, 8",
    "509, 631, 75, 2, 1, 4",
    "256, 320, 95, 2, 2, 4",
    "256, 320, 90, 1, 1, 4",
    "300, 333, 90, 1, 2, 4",
    "255, 319, 90, 2, 2, 2",
    "130, 161, 90, 2, 1, 2",
    "130, 161, 95, 1, 1, 2",
  })
  void reducedMeansAreThoseOfThePixels(
      int height, int width, int quality, int across, int down, int side) throws Exception {
    byte[] file = new JpegEncoder(quality, across, down).encode(scene(height, width, 3));

    DecodedImage decoded = read(file, SMALL);

    assertThat(decoded.cells().cell()).as("cell").isEqualTo(ImageSize.square(side));
    assertThat(decoded.size()).as("size").isEqualTo(new ImageSize(height, width));
    assertThat(decoded.lossy()).as("lossy").isTrue();
    PixelImage whole = ImageDecoder.decode(file, DecodeLimits.DEFAULT);
    double[] differences =
        differences(
            Reduction.AREA.resize(decoded.cells(), SMALL), Reduction.AREA.resize(whole, SMALL));
    assertThat(differences[0]).as("mean difference in levels").isLessThan(0.75);
    assertThat(differences[1]).as("largest difference in levels").isLessThanOrEqualTo(12);
  }

  /** What the lowest frequencies alone make is the mean of the pixels to within its rounding. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void cellsOfSmoothImagesAreTheMeansOfTheirPixels(int side) throws Exception {
    byte[] pixels = new byte[64 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (30 + 2 * (i % 64) + i / 64);
    }
    byte[] file = new JpegEncoder(100, 1, 1).encode(new PixelImage(1, 64, 64, pixels));

    ImageCells cells = read(file, ImageSize.square(64 / side / 2)).cells();

    assertThat(cells.cell()).as("cell").isEqualTo(ImageSize.square(side));
    PixelImage means =
        Reduction.AREA.resize(
            ImageDecoder.decode(file, DecodeLimits.DEFAULT), ImageSize.square(64 / side));
    assertThat(differences(cells.means(), means)[1]).as("largest difference").isLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 40})
  void restartMarkersChangeNothing(int interval) throws Exception {
    PixelImage scene = scene(200, 280, 3);
    byte[] plain = new JpegEncoder(90, 2, 2).encode(scene);
    byte[] restarting = new JpegEncoder(90, 2, 2, interval, false).encode(scene);

    assertThat(restarting).as("file with restart markers").hasSizeGreaterThan(plain.length);
    assertThat(read(restarting, SMALL).cells().means().pixels())
        .as("means")
        .isEqualTo(read(plain, SMALL).cells().means().pixels());
  }

  @Test
  void grayFilesBecomeThreeEqualChannels() throws Exception {
    byte[] file = new JpegEncoder(90, 1, 1).encode(scene(512, 640, 1));

    PixelImage means = read(file, SMALL).cells().means();

    assertThat(means.channels()).as("channels").isEqualTo(3);
    for (int i = 0; i < means.pixels().length; i += 3) {
      assertThat(means.pixels()[i]).isEqualTo(means.pixels()[i + 2]);
    }
  }

  @Test
  void progressiveFilesAreDecodedToPixels() throws Exception {
    byte[] file = new JpegEncoder(90, 2, 2, 0, true).encode(scene(512, 640, 3));

    assertThat(read(file, SMALL).cells().arePixels()).as("decoded to pixels").isTrue();
  }

  @Test
  void pixelsAreDecodedWhereTheyAreNeeded() throws Exception {
    byte[] file = new JpegEncoder(90, 2, 2).encode(scene(120, 160, 3));

    PixelImage pixels = ImageDecoder.decode(file, DecodeLimits.DEFAULT);
    for (ImageSize reduced :
        List.of(pixels.size(), ImageSize.square(64), new ImageSize(8, 41), new ImageSize(200, 8))) {
      assertThat(read(file, reduced).pixels().pixels())
          .as("pixels for %s", reduced)
          .isEqualTo(pixels.pixels());
    }
  }

  /** What is damaged is refused in the words in which it is where pixels are decoded. */
  @ParameterizedTest
  @CsvSource({"2, 2, 0", "1, 1, 0", "2, 1, 3", "2, 2, 1"})
  void damagedFilesAreRefusedAsEver(int across, int down, int restartInterval) {
    JpegEncoder encoder = new JpegEncoder(90, across, down, restartInterval, false);
    byte[] file = encoder.encode(scene(96, 130, 3));
    Random random = new Random(7);
    int refused = 0;
    int means = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = damaged(file, random);
      String expected = outcome(damaged, UnaryOperator.identity());
      String found = outcome(damaged, size -> ImageSize.square(8));
      if (expected.isEmpty()) {
        means += found.equals("means") ? 1 : 0;
      } else {
        refused++;
        assertThat(found).as("damage %d", i).isEqualTo(expected);
      }
    }
    assertThat(refused).as("refused files").isGreaterThan(100);
    assertThat(means).as("files whose damage is none").isGreaterThan(0);
  }

  /** As libjpeg wants it, also where the symbol is never met. */
  @Test
  void aTableWithRunsForFirstCoefficientsIsRefusedAsEver() {
    byte[] file = new JpegEncoder(90, 2, 2).encode(scene(96, 130, 3));
    int table = 2;
    while (file[table] != (byte) 0xFF || file[table + 1] != (byte) 0xC4) {
      table++;
    }
    assertThat(file[table + 4]).as("class and number").isZero();
    file[table + 21 + 11] = 0x2B;

    assertThat(outcome(file, size -> ImageSize.square(8)))
        .contains("Bogus Huffman table")
        .isEqualTo(outcome(file, UnaryOperator.identity()));
  }

  private static byte[] damaged(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int at = 2 + random.nextInt(file.length - 4);
    switch (random.nextInt(5)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged[2 + random.nextInt(620)] = (byte) random.nextInt(256);
      case 2 -> damaged = Arrays.copyOf(file, at);
      case 3 -> {
        int from = Math.min(file.length - 2, at + 1 + random.nextInt(40));
        damaged =
            Fixtures.concat(Arrays.copyOf(file, at), Arrays.copyOfRange(file, from, file.length));
      }
      default -> {
        byte[] more = new byte[1 + random.nextInt(3)];
        random.nextBytes(more);
        damaged =
            Fixtures.concat(
                Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
      }
    }
    return damaged;
  }

  /** Returns why a file is refused, or "means" where those were decoded, or nothing. */
  private static String outcome(byte[] file, UnaryOperator<ImageSize> reduced) {
    try {
      DecodedImage image =
          ImageDecoder.read(file, new DecodeLimits(1_000_000), BitDepth.OF_FILE, reduced);
      return image.cells().arePixels() ? "" : "means";
    } catch (UndecodableImageException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 8})
  void turnedFilesAreReducedAsTheyAreSeen(int orientation) throws Exception {
    byte[] plain = new JpegEncoder(90, 2, 2).encode(scene(256, 384, 3));
    byte[] exif = Fixtures.exif(orientation, true);
    byte[] app1 = {(byte) 0xFF, (byte) 0xE1, 0, (byte) (8 + exif.length), 'E', 'x', 'i', 'f', 0, 0};
    byte[] file =
        Fixtures.concat(
            Arrays.copyOf(plain, 2), app1, exif, Arrays.copyOfRange(plain, 2, plain.length));
    ImageSize to = new ImageSize(16, 32);

    DecodedImage image = read(file, to);

    PixelImage whole = ImageDecoder.decode(file, DecodeLimits.DEFAULT);
    assertThat(image.size()).as("size").isEqualTo(whole.size());
    assertThat(image.isTurned()).as("turned").isTrue();
    assertThat(image.cells().cell()).as("cell").isEqualTo(new ImageSize(8, 4));
    double[] differences =
        differences(Reduction.AREA.resize(image.cells(), to), Reduction.AREA.resize(whole, to));
    assertThat(differences[1]).as("largest difference in levels").isLessThanOrEqualTo(6);
  }

  /** Cells that reach beyond the picture would lie at its left or upper edge. */
  @Test
  void turnedFilesOfOddSizesAreDecodedToPixels() {
    Decoding how =
        new Decoding(DecodeLimits.DEFAULT, BitDepth.OF_FILE, false, size -> ImageSize.square(16));

    assertThat(how.cell(new ImageSize(257, 256), true)).isEqualTo(ImageSize.square(1));
    assertThat(how.cell(new ImageSize(257, 256), false)).isEqualTo(ImageSize.square(8));
    assertThat(how.cell(new ImageSize(254, 256), true)).isEqualTo(new ImageSize(2, 8));
  }
}
