package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.fairspark.image.codec.TiffFile.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras of 10 to 14 bits in files of 16. */
class WideSamplesTest {
  private static byte[] png(int significantBits, int... samples) {
    ByteBuffer line = ByteBuffer.allocate(1 + 2 * samples.length).put((byte) 0);
    for (int sample : samples) {
      line.putShort((short) sample);
    }
    byte[] png = Fixtures.png(samples.length, 1, 16, 0, line.array());
    return significantBits == 0
        ? png
        : Fixtures.concat(
            Arrays.copyOf(png, 33),
            Fixtures.chunk("sBIT", new byte[] {(byte) significantBits}),
            Arrays.copyOfRange(png, 33, png.length));
  }

  private static byte[] tiff(int samplesMaximum, String description, int... samples) {
    Picture picture = new Picture(samples.length, 1, 16, 1, 1).strip(TiffFile.words(samples));
    if (samplesMaximum > 0) {
      picture.with(281, samplesMaximum);
    }
    return TiffFile.of(description == null ? picture : picture.described(description));
  }

  private static DecodedImage read(byte[] file, BitDepth depth) throws Exception {
    return ImageDecoder.read(file, DecodeLimits.DEFAULT, depth);
  }

  private static byte[] gray(byte[] file, BitDepth depth) throws Exception {
    byte[] rgb = read(file, depth).pixels().pixels();
    byte[] gray = new byte[rgb.length / 3];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = rgb[3 * i];
    }
    return gray;
  }

  @Test
  void aFileThatSaysItsDepthIsTakenAtItsWord() throws Exception {
    int[] samples = {0, 15, 16, 2048, 4095};

    for (byte[] file :
        new byte[][] {
          png(12, samples),
          tiff(4095, null, samples),
          tiff(0, "ImageJ=1.53t\nimages=1\nmin=0.0\nmax=4095.0\n", samples)
        }) {
      assertThat(gray(file, BitDepth.OF_FILE))
          .as("12 bits to 8")
          .containsExactly(0, 0, 1, 128, 255);
    }
  }

  @Test
  void aFileThatContradictsItselfIsNot() throws Exception {
    // A PNG to the letter of its specification: 12 significant bits, scaled to 16.
    assertThat(gray(png(12, 0, 0x8008, 0xFFFF), BitDepth.OF_FILE)).containsExactly(0, 0x80, 0xFF);
    // A display range that an operator has chosen.
    assertThat(gray(tiff(0, "ImageJ=1.53t\nmax=700.0\n", 0, 0x8008), BitDepth.OF_FILE))
        .containsExactly(0, 0x80);
  }

  @Test
  void aFileThatSaysNothingHasSixteenBits() throws Exception {
    assertThat(gray(png(0, 0, 255, 256, 1020), BitDepth.OF_FILE)).containsExactly(0, 0, 1, 3);
  }

  @ParameterizedTest
  @CsvSource({"8, 0 16 255 255", "10, 0 4 255 255", "12, 0 1 63 255", "16, 0 0 3 15"})
  void aGivenDepthWinsOverTheFile(int bits, String expected) throws Exception {
    byte[] values = new byte[4];
    String[] words = expected.split(" ");
    for (int i = 0; i < 4; i++) {
      values[i] = (byte) Integer.parseInt(words[i]);
    }

    DecodedImage image = read(png(14, 0, 16, 1020, 4095), BitDepth.fixed(bits));

    assertThat(gray(png(14, 0, 16, 1020, 4095), BitDepth.fixed(bits))).isEqualTo(values);
    assertThat(image.clipped()).as("samples beyond the depth").isEqualTo(bits < 12);
  }

  @Test
  void aDataSetHasTheDepthThatItsLargestSampleTakes() throws Exception {
    WideSamples dark = read(png(0, 3, 200), BitDepth.OF_FILE).samples();
    WideSamples bright = read(png(0, 3, 1020), BitDepth.OF_FILE).samples();
    WideSamples saying = read(png(12, 3, 900), BitDepth.OF_FILE).samples();
    WideSamples scaled = read(png(12, 0, 0xFFFF), BitDepth.OF_FILE).samples();
    WideSamples narrow =
        read(Fixtures.png(1, 1, 8, 0, new byte[] {0, 7}), BitDepth.OF_FILE).samples();

    assertThat(depth(dark)).isEqualTo(BitDepth.fixed(8));
    assertThat(depth(dark, bright, dark)).isEqualTo(BitDepth.fixed(10));
    assertThat(depth(bright, saying)).as("what files say").isEqualTo(BitDepth.fixed(12));
    assertThat(depth(saying, scaled, narrow)).as("contradicted").isEqualTo(BitDepth.fixed(16));
    assertThat(depth(narrow)).as("8-bit files say nothing").isEqualTo(BitDepth.OF_FILE);
    assertThat(narrow.isNone()).as("nothing").isTrue();
  }

  private static BitDepth depth(WideSamples... files) {
    WideSamples forward = Stream.of(files).reduce(WideSamples.NONE, WideSamples::merge);
    WideSamples backward = Stream.of(files).reduce(WideSamples.NONE, (a, b) -> b.merge(a));
    assertThat(backward).as("merged in another order").isEqualTo(forward);
    return forward.depth();
  }

  private static byte[] signed(int... samples) {
    return TiffFile.of(
        new Picture(samples.length, 1, 16, 1, 1).with(339, 2).strip(TiffFile.words(samples)));
  }

  @Test
  void negativeSamplesAreReadWithTheOffsetOfTheirDataSet() throws Exception {
    byte[] scan = signed(-1024, -1000, 0, 1000, 3071);
    assertThatThrownBy(() -> read(scan, BitDepth.OF_FILE))
        .hasMessageContaining("negative samples, down to -1024")
        .hasMessageContaining("image.sample-offset");
    DecodedImage unknown = read(scan, BitDepth.OF_FILE.seekingOffset());
    assertThat(unknown.samples().smallest()).isEqualTo(-1024);
    BitDepth found = unknown.samples().depth();
    assertThat(found).isEqualTo(BitDepth.fixed(12).withOffset(1024));
    assertThat(gray(scan, found)).containsExactly(0, 1, 64, 126, 255);
    assertThat(read(scan, found).clipped()).isFalse();
    assertThat(gray(signed(0, 1000), found)).as("no negative ones").containsExactly(64, 126);
    assertThat(gray(png(0, 0, 1000), found)).as("unsigned ones").containsExactly(64, 126);
    DecodedImage beyond = read(signed(-2000, 0, 5000), found);
    assertThat(beyond.samples().smallest()).as("told as below the offset").isEqualTo(-2000);
    assertThat(beyond.clipped()).as("told as beyond the depth").isTrue();
    assertThat(gray(signed(-2000, 0, 5000), found)).containsExactly(0, 64, 255);
  }

  @Test
  void theOffsetIsTheLeastPowerOfTwoThatMakesAllPositive() throws Exception {
    WideSamples low = WideSamples.ofSigned(-1, 100);
    WideSamples lower = WideSamples.ofSigned(-1025, 100);
    WideSamples saying = read(png(12, 3, 900), BitDepth.OF_FILE).samples();
    assertThat(depth(low)).isEqualTo(BitDepth.fixed(8).withOffset(1));
    assertThat(depth(low, lower)).isEqualTo(BitDepth.fixed(12).withOffset(2048));
    assertThat(depth(WideSamples.ofSigned(-32768, 32767)))
        .isEqualTo(BitDepth.fixed(16).withOffset(32768));
    assertThat(depth(low, saying)).as("4095 + 1").isEqualTo(BitDepth.fixed(14).withOffset(1));
    assertThat(lower.depth(OptionalInt.of(16), OptionalInt.of(4096)))
        .as("given")
        .isEqualTo(BitDepth.fixed(16).withOffset(4096));
    assertThat(lower.needsRule()).isTrue();
  }

  @Test
  void aMaskGoesByItsOwnLargestSample() throws Exception {
    byte[] levels = ImageDecoder.decodeMask(png(0, 0, 100, 200), DecodeLimits.DEFAULT).pixels();
    byte[] twelve = ImageDecoder.decodeMask(png(0, 0, 1, 4095), DecodeLimits.DEFAULT).pixels();

    assertThat(levels).as("8 bits in 16").containsExactly(0, 100, 200);
    assertThat(twelve).as("12 bits in 16").containsExactly(0, 1, 255);
  }
}
