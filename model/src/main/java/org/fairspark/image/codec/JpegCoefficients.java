package org.fairspark.image.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The coefficients in a JPEG's entropy-coded data, sequential and Huffman-coded (ITU-T T.81, annex
 * F.2.2): of each block the first few are kept, and the codes of the others are passed over.
 * Whatever is irregular ends the reading.
 */
final class JpegCoefficients {
  /** What {@link #block} returns where the data are irregular. */
  static final int IRREGULAR = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bytes behind the data: a block of the longest codes does not reach beyond them. */
  private static final int PADDING = 64 * 4 + 2 * Long.BYTES;

  private static final int BLOCK_END = 64;

  /** As many as fit into the bits that are there when more were just read. */
  private static final int RUNS_AT_A_TIME = 56 / JpegHuffmanTable.RUN_BITS;

  /** Bits of the largest difference between the first coefficients of 8-bit samples. */
  private static final int LARGEST_DIFFERENCE = 11;

  /** The place of each coefficient among 8 rows of 8. */
  private static final byte[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** The data without stuffed zeros and restart markers. */
  private final byte[] data;

  /** The ends of the data between restart markers. */
  private final int[] ends;

  private int interval;
  private int at;
  private int left;
  private long bits;

  private JpegCoefficients(byte[] data, int[] ends) {
    this.data = data;
    this.ends = ends;
  }

  /**
   * Opens the data of a scan.
   *
   * @param from of its first byte
   * @param to behind its last one
   * @param intervals number of restart intervals
   * @return null if they hold other markers than restarts, or not those that they should
   */
  static JpegCoefficients open(byte[] file, int from, int to, int intervals) {
    byte[] data = new byte[to - from + PADDING];
    int[] ends = new int[intervals];
    int length = 0;
    int interval = 0;
    for (int start = from; start < to; ) {
      int marker = JpegMarkers.next(file, start, to);
      System.arraycopy(file, start, data, length, marker - start);
      length += marker - start;
      if (marker < to) {
        int second = marker + 1 < to ? file[marker + 1] & 0xFF : 0xFF;
        if (second == 0) {
          data[length++] = (byte) 0xFF;
        } else if (second == 0xD0 + interval % 8 && interval + 1 < intervals) {
          ends[interval++] = length;
        } else {
          return null;
        }
      }
      start = marker + 2;
    }
    ends[interval] = length;
    return interval + 1 == intervals ? new JpegCoefficients(data, ends) : null;
  }

  /** Returns the place of a coefficient, {@code 8 * row + column}. */
  static int place(int coefficient) {
    return ZIGZAG[coefficient];
  }

  /**
   * Passes over a restart marker, or the end of the data.
   *
   * @return whether nothing was left before it
   */
  boolean endInterval() {
    boolean ended = (position() + 7) / 8 == ends[interval];
    at = ends[interval++];
    left = 0;
    bits = 0;
    return ended;
  }

  private long position() {
    return 8L * at - left;
  }

  /**
   * Reads a block.
   *
   * @param component whose block it is; its prediction is changed
   * @param to what was kept, dequantized, at the {@link #place} of each; zeros at first
   * @return the last coefficient that was kept and is not zero, or 0; or {@link #IRREGULAR}
   */
  int block(JpegPlane component, float[] to) {
    long next = bits | (long) LONG.get(data, at) >>> left;
    int entry = component.dc().entry(next);
    int size = entry >> 12 & 15;
    // The end of a block stands for no bits here.
    if (size > LARGEST_DIFFERENCE || entry >> 16 != (size == 0 ? JpegHuffmanTable.END + 1 : 1)) {
      return IRREGULAR;
    }
    to[0] = component.predicted(value(next, entry)) * component.factor(0);
    at += (63 - left) >>> 3;
    left = (left | 56) - (entry & 0x3F);
    bits = next << (entry & 0x3F);
    int last = others(component, to);
    return position() > 8L * ends[interval] ? IRREGULAR : last;
  }

  /** Reads the coefficients other than the first. */
  private int others(JpegPlane component, float[] to) {
    JpegHuffmanTable table = component.ac();
    int kept = component.kept();
    int last = 0;
    // In local variables, which these loops live by.
    long next = bits;
    int count = left;
    int from = at;
    int k = 1;
    while (k <= kept) {
      next |= (long) LONG.get(data, from) >>> count;
      from += (63 - count) >>> 3;
      count |= 56;
      int entry = table.entry(next);
      k += entry >> 16;
      if (k <= kept + 1) {
        // Of sixteen zeros the last is kept as a value of no bits.
        last = k - 1;
        to[ZIGZAG[last]] = value(next, entry) * component.factor(last);
      }
      next <<= entry & 0x3F;
      count -= entry & 0x3F;
    }
    while (k < BLOCK_END) {
      long before = next;
      int bitsBefore = count;
      int kBefore = k;
      do {
        next |= (long) LONG.get(data, from) >>> count;
        from += (63 - count) >>> 3;
        count |= 56;
        for (int i = 0; i < RUNS_AT_A_TIME && k < BLOCK_END; i++) {
          before = next;
          bitsBefore = count;
          kBefore = k;
          int run = table.run(next);
          next <<= run & 15;
          count -= run & 15;
          k += run >> 4;
        }
      } while (k < BLOCK_END);
      if (!isEnd(k)) {
        // Of these codes only the first is sure to be of this block.
        next = before | (long) LONG.get(data, from) >>> bitsBefore;
        from += (63 - bitsBefore) >>> 3;
        count = bitsBefore | 56;
        int entry = table.entry(next);
        next <<= entry & 0x3F;
        count -= entry & 0x3F;
        k = kBefore + (entry >> 16);
      }
    }
    bits = next;
    left = count;
    at = from;
    return isEnd(k) ? last : IRREGULAR;
  }

  /** Returns whether a block ends behind a coefficient: by a code, or since it is whole. */
  private static boolean isEnd(int k) {
    return k == BLOCK_END || (k > JpegHuffmanTable.END && k <= JpegHuffmanTable.END + BLOCK_END);
  }

  /** Returns the signed value that follows a code (annex F.2.2.1). */
  private static int value(long bits, int entry) {
    int size = entry >> 12 & 15;
    long first = bits << (entry >> 6 & 0x3F);
    // Without branches, which could not be foreseen. Those that begin with 0 are negative.
    int negative = (int) (~first >> 63);
    return (int) (first >>> 1 >>> (63 - size)) + (negative & (1 - (1 << size)));
  }
}
