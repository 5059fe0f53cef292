package org.fairspark.image.codec;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The typical Huffman tables of the JPEG standard (ITU-T T.81, annex K.3), which frames of Motion
 * JPEG leave out. libjpeg-turbo knows them by itself and libjpeg 6b does not; a Java runtime has
 * the one or the other.
 */
final class StandardHuffmanTables {
  /** A DHT segment with all four, its marker included. */
  static final byte[] SEGMENT = segment();

  private StandardHuffmanTables() {}

  private static byte[] segment() {
    ByteArrayOutputStream tables = new ByteArrayOutputStream();
    write(tables, 0x00, JPEGHuffmanTable.StdDCLuminance);
    write(tables, 0x10, JPEGHuffmanTable.StdACLuminance);
    write(tables, 0x01, JPEGHuffmanTable.StdDCChrominance);
    write(tables, 0x11, JPEGHuffmanTable.StdACChrominance);
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    int length = tables.size() + 2;
    segment.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC4, (byte) (length >> 8), (byte) length});
    segment.writeBytes(tables.toByteArray());
    return segment.toByteArray();
  }

  /** Writes a table: its class and number, codes of each length from 1 to 16, and their values. */
  private static void write(ByteArrayOutputStream out, int id, JPEGHuffmanTable table) {
    out.write(id);
    short[] lengths = table.getLengths();
    for (int i = 0; i < 16; i++) {
      out.write(i < lengths.length ? lengths[i] : 0);
    }
    for (short value : table.getValues()) {
      out.write(value);
    }
  }
}
