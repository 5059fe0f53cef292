package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A writer of TIFF files with one channel of half-precision numbers, one strip, not compressed. */
public final class HalfTiff {
  private static final int HEADER = 8;
  private static final int ENTRIES = 10;
  private static final int ENTRY = 12;
  private static final short SHORT = 3;
  private static final short LONG = 4;

  private HalfTiff() {}

  /**
   * Encodes a map.
   *
   * @param halves {@code float16[height][width]}, IEEE 754 binary16, little-endian
   * @throws IllegalArgumentException if the number of bytes does not fit
   */
  public static byte[] encode(byte[] halves, int height, int width) {
    if (halves.length != 2L * height * width) {
      throw new IllegalArgumentException(
          "%d x %d numbers take %d bytes, not %d"
              .formatted(height, width, 2L * height * width, halves.length));
    }
    ByteBuffer file =
        ByteBuffer.allocate(HEADER + halves.length + 2 + ENTRIES * ENTRY + 4)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER + halves.length);
    file.put(halves);
    file.putShort((short) ENTRIES);
    entry(file, 256, LONG, width);
    entry(file, 257, LONG, height);
    entry(file, 258, SHORT, 16); // bits of a sample
    entry(file, 259, SHORT, 1); // not compressed
    entry(file, 262, SHORT, 1); // 0 is black
    entry(file, 273, LONG, HEADER); // where the strip begins
    entry(file, 277, SHORT, 1); // samples of a pixel
    entry(file, 278, LONG, height); // rows of the strip
    entry(file, 279, LONG, halves.length); // bytes of the strip
    entry(file, 339, SHORT, 3); // floating-point numbers
    file.putInt(0);
    return file.array();
  }

  private static void entry(ByteBuffer file, int tag, short type, int value) {
    // A short value stands in the first two of its four bytes, which little-endian order gives.
    file.putShort((short) tag).putShort(type).putInt(1).putInt(value);
  }
}
