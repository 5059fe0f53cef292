package org.fairspark.image.codec;

/**
 * A Huffman table of a JPEG, looked up by the next bits of the coded data (ITU-T T.81, annexes C
 * and F.2.2).
 *
 * <p>An entry says how many bits a code and the value behind it take, and by how many coefficients
 * the two advance in a block: the value's own and the zeros before it. The end of a block is an
 * advance of {@link #END} more than the one of its own.
 */
final class JpegHuffmanTable {
  /** The advance by the end of a block, at least. */
  static final int END = 128;

  /** The advance by a code that there is not. */
  static final int NONE = 255;

  private static final int SHORT_BITS = 10;

  /** The most bits that {@link #run} takes. */
  static final int RUN_BITS = 13;

  private static final int LONGEST = 16;
  private static final int ZERO_RUN = 15;
  private static final int NO_CODE = NONE << 16;

  /** By the next bits, as {@link #entry}; 0 where the code is longer. */
  private final int[] entries = new int[1 << SHORT_BITS];

  /** By the next bits, as {@link #run}. */
  private final char[] runs = new char[1 << RUN_BITS];

  /** By length: one more than the last code. */
  private final int[] ends = new int[LONGEST + 1];

  /** By length: what is added to a code to give the index of its symbol. */
  private final int[] indices = new int[LONGEST + 1];

  private final byte[] symbols;

  private JpegHuffmanTable(byte[] symbols) {
    this.symbols = symbols;
  }

  /**
   * Makes a table.
   *
   * @param counts number of codes by their length, from 1 to 16
   * @param symbols of the codes in their order, as many as the counts say
   * @return null if there are more codes than their lengths allow
   */
  static JpegHuffmanTable of(int[] counts, byte[] symbols) {
    JpegHuffmanTable table = new JpegHuffmanTable(symbols);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      table.indices[length] = index - code;
      code += counts[length];
      index += counts[length];
      // A code of ones alone would be one with the padding.
      if (counts[length] > 0 && code >= 1 << length) {
        return null;
      }
      table.ends[length] = code;
      code <<= 1;
    }
    for (int b = 0; b < table.entries.length; b++) {
      int entry = table.search((long) b << (Long.SIZE - SHORT_BITS), SHORT_BITS);
      table.entries[b] = entry == NO_CODE ? 0 : entry;
    }
    for (int b = 0; b < table.runs.length; b++) {
      table.runs[b] = (char) table.runAt((long) b << (Long.SIZE - RUN_BITS));
    }
    return table;
  }

  private int search(long bits, int longest) {
    for (int length = 1; length <= longest; length++) {
      int code = (int) (bits >>> (Long.SIZE - length));
      if (code < ends[length]) {
        int symbol = symbols[indices[length] + code] & 0xFF;
        int size = symbol & 15;
        int zeros = symbol >> 4;
        int advance = size > 0 || zeros == ZERO_RUN ? zeros + 1 : zeros == 0 ? END + 1 : NONE;
        return advance << 16 | size << 12 | length << 6 | (length + size);
      }
    }
    return NO_CODE;
  }

  private int runAt(long bits) {
    int taken = 0;
    int coefficients = 0;
    while (coefficients < END) {
      int entry = search(bits << taken, RUN_BITS - taken);
      int advance = entry >> 16;
      if (advance == NONE
          || taken + (entry & 0x3F) > RUN_BITS
          || coefficients + (advance & ~END) > 64) {
        break;
      }
      taken += entry & 0x3F;
      coefficients += advance;
    }
    return taken == 0 ? NONE << 4 : coefficients << 4 | taken;
  }

  /**
   * Returns the entry of the next code: from bit 16 on the advance, or {@link #NONE}; in bits 12 to
   * 15 the bits of the value; in bits 6 to 11 those of the code; in bits 0 to 5 those of both.
   *
   * @param bits the next 64 bits of the data
   */
  int entry(long bits) {
    int entry = entries[(int) (bits >>> (Long.SIZE - SHORT_BITS))];
    return entry != 0 ? entry : search(bits, LONGEST);
  }

  /**
   * Returns the entry of the next few codes together: from bit 4 on the advance, or {@link #NONE}
   * where one alone is too long; below it the bits that they and their values take.
   *
   * @param bits the next 64 bits of the data
   */
  int run(long bits) {
    return runs[(int) (bits >>> (Long.SIZE - RUN_BITS))];
  }
}
