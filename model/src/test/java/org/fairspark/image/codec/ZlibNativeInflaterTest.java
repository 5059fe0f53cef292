package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "ISA-L comes for Linux on x86-64; elsewhere zlib inflates")
class ZlibNativeInflaterTest {
  private final Random random = new Random(7);

  @BeforeEach
  void theLibraryIsThere() {
    assertThat(ZlibNativeInflater.obstacle()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void returnsWhatWasDeflatedHoweverItIsCutIntoChunks(int level) {
    for (int length : new int[] {1, 2, 100, 70_000, 1_000_000}) {
      byte[] original = smooth(length);
      byte[] deflated = deflate(original, level);
      for (int chunk : new int[] {deflated.length, 8192, 1}) {
        assertThat(inflate(deflated, chunk, 13, length)).isEqualTo(original);
      }
    }
  }

  @Test
  void refusesAnotherLengthThanTheDataHave() {
    byte[] deflated = deflate(smooth(5000), 6);

    assertThat(inflate(deflated, 100, 0, 5000)).hasSize(5000);
    assertThat(inflate(deflated, 100, 0, 5001)).isNull();
    assertThat(inflate(deflated, 100, 0, 4999)).isNull();
  }

  @Test
  void refusesWhatFollowsTheChecksum() {
    byte[] deflated = deflate(smooth(5000), 6);

    assertThat(inflate(Arrays.copyOf(deflated, deflated.length + 7), 100, 0, 5000)).isNull();
  }

  @Test
  void refusesDataThatEndAnywhereTooSoon() {
    byte[] deflated = deflate(smooth(2000), 6);
    for (int length = 1; length < deflated.length; length++) {
      assertThat(inflate(Arrays.copyOf(deflated, length), length, 0, 2000)).isNull();
    }
  }

  /** A checksum of four bytes does not reveal every change, in zlib as little as here. */
  @Test
  void returnsOfDataWithFlippedBitsWhatZlibReturns() {
    byte[] original = smooth(4000);
    byte[] deflated = deflate(original, 6);
    int refused = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] broken = deflated.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] inflated = inflate(broken, 1000, 5, original.length);
      if (inflated == null) {
        refused++;
      } else {
        assertThat(Arrays.equals(inflated, byZlib(broken, original))).isTrue();
      }
    }
    assertThat(refused).isGreaterThan(19_000);
    assertThat(inflate(deflated, 1000, 5, original.length)).isEqualTo(original);
  }

  @Test
  void leavesWhatIsTooLargeToBeInMemoryTwice() {
    byte[] deflated = deflate(new byte[1000], 6);

    assertThat(inflate(deflated, 100, 0, ZlibNativeInflater.MAX_LENGTH + 1L)).isNull();
  }

  @Test
  void givesTheLinesOfTheJdksInflater() throws Exception {
    int stride = 301;
    int rows = 700;
    byte[] deflated = deflate(smooth(stride * rows), 6);
    List<Span> pieces = pieces(deflated, 5000);
    long total = (long) stride * rows;
    ZlibInflater java = new ZlibJavaInflater();
    ZlibInflater nativeOnly =
        new ZlibNativeInflater(
            (file, all, longest, bytes) -> {
              throw new AssertionError("left to the second inflater");
            });

    try (ScanLines streamed = java.scanLines(deflated, pieces, stride, total);
        ScanLines inflated = nativeOnly.scanLines(deflated, pieces, stride, total)) {
      // Two passes, as of an interlaced image: 400 lines, and 600 of half their length.
      int left = 400;
      for (int length : new int[] {stride, 150}) {
        streamed.beginPass(length);
        inflated.beginPass(length);
        for (; left > 0; left -= Math.min(left, 90)) {
          int count = Math.min(left, 90);
          int a = streamed.next(count);
          int b = inflated.next(count);
          // With the line in front, to which the caller may have written.
          assertThat(lines(inflated.bytes(), b, length, count))
              .isEqualTo(lines(streamed.bytes(), a, length, count));
          streamed.bytes()[a + (count - 1) * length + 3] = 77;
          inflated.bytes()[b + (count - 1) * length + 3] = 77;
        }
        left = 600;
      }
    }
  }

  @Test
  void leavesToTheJdksInflaterWhatItCannotInflate() throws Exception {
    byte[] deflated = deflate(smooth(500), 6);
    ZlibInflater inflater = new ZlibNativeInflater(new ZlibJavaInflater());

    try (ScanLines lines = inflater.scanLines(deflated, pieces(deflated, 100), 50, 501)) {
      lines.beginPass(50);
      assertThat(lines.next(10)).as("the ten lines that there are").isEqualTo(50);
      assertThatThrownBy(() -> lines.next(1)).hasMessageContaining("end before its pixels");
    }
  }

  private static byte[] lines(byte[] bytes, int at, int stride, int count) {
    return Arrays.copyOfRange(bytes, at - stride, at + count * stride);
  }

  /** Returns the inflated bytes without the lead, or null. */
  private static byte[] inflate(byte[] deflated, int chunk, int lead, long length) {
    byte[] buffer = ZlibNativeInflater.inflate(deflated, pieces(deflated, chunk), lead, length);
    return buffer == null ? null : Arrays.copyOfRange(buffer, lead, lead + (int) length);
  }

  /** Inflates by zlib to the original's length; returns the original if zlib refuses the data. */
  private static byte[] byZlib(byte[] deflated, byte[] original) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[original.length];
      inflater.inflate(bytes);
      return bytes;
    } catch (DataFormatException e) {
      return original;
    } finally {
      inflater.end();
    }
  }

  private static List<Span> pieces(byte[] deflated, int size) {
    List<Span> pieces = new ArrayList<>();
    for (int at = 0; at < deflated.length; at += size) {
      pieces.add(new Span(at, Math.min(size, deflated.length - at)));
    }
    return pieces;
  }

  /** Returns noise on a slope, of which deflate makes literals and matches. */
  private byte[] smooth(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i / 50 + random.nextInt(4));
    }
    return bytes;
  }

  private static byte[] deflate(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
