package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF or BigTIFF file, as far as it has to be checked before decoding.
 *
 * @param orientation 1 to 8
 * @param dataEnd end of the last strip or tile in bytes from the file's start; a file that is
 *     shorter is truncated
 */
record TiffHeader(long width, long height, int orientation, long dataEnd) {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  /**
   * Reads the first directory.
   *
   * @throws UndecodableImageException if the directory reaches beyond the file's end, or gives no
   *     size or no pixels
   */
  static TiffHeader read(byte[] file) throws UndecodableImageException {
    try {
      return new Reader(file).read();
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new UndecodableImageException(
          UndecodableImageException.Reason.TRUNCATED,
          "the TIFF's directory lies beyond the file's end, %d bytes".formatted(file.length),
          e);
    }
  }

  private static final class Reader {
    private final ByteBuffer tiff;
    private final boolean big;
    private long width = -1;
    private long height = -1;
    private int orientation = Orientation.NORMAL;
    private long[] offsets = new long[0];
    private long[] sizes = new long[0];

    Reader(byte[] file) {
      tiff = ByteBuffer.wrap(file);
      tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      big = tiff.getShort(2) == 43;
    }

    TiffHeader read() throws UndecodableImageException {
      int at = big ? index(tiff.getLong(8)) : index(tiff.getInt(4) & 0xFFFFFFFFL);
      int entries = big ? index(tiff.getLong(at)) : tiff.getShort(at) & 0xFFFF;
      at += big ? 8 : 2;
      int size = big ? 20 : 12;
      for (int i = 0; i < entries; i++, at += size) {
        dataOf(at);
        readEntry(at);
      }
      // The link to the next directory, which a whole file has even if there is none.
      index(at + (big ? 7L : 3L));
      if (width < 0 || height < 0) {
        throw UndecodableImageException.corrupt("the TIFF's first directory gives no size");
      }
      if (offsets.length == 0) {
        throw UndecodableImageException.corrupt("the TIFF's first directory has no pixels");
      }
      long end = 0;
      for (int i = 0; i < offsets.length; i++) {
        end = Math.max(end, offsets[i] + (i < sizes.length ? sizes[i] : 1));
      }
      return new TiffHeader(width, height, orientation, end);
    }

    private void readEntry(int at) {
      int tag = tiff.getShort(at) & 0xFFFF;
      switch (tag) {
        case WIDTH -> width = values(at)[0];
        case HEIGHT -> height = values(at)[0];
        case ORIENTATION -> {
          long value = values(at)[0];
          orientation = value >= 1 && value <= 8 ? (int) value : Orientation.NORMAL;
        }
        case STRIP_OFFSETS, TILE_OFFSETS -> offsets = values(at);
        case STRIP_BYTES, TILE_BYTES -> sizes = values(at);
        default -> {}
      }
    }

    private static int bytes(int type) {
      return switch (type) {
        case 3, 8 -> 2;
        case 4, 9, 11, 13 -> 4;
        case 5, 10, 12, 16, 17, 18 -> 8;
        default -> 1;
      };
    }

    private long count(int at) {
      return big ? tiff.getLong(at + 4) : tiff.getInt(at + 4) & 0xFFFFFFFFL;
    }

    /** Returns where an entry's values begin, in the entry itself or elsewhere in the file. */
    private int dataOf(int at) {
      long count = count(at);
      if (count < 0 || count > tiff.capacity()) {
        throw new IndexOutOfBoundsException("an entry of " + count + " values");
      }
      int size = Math.multiplyExact((int) count, bytes(tiff.getShort(at + 2)));
      int field = at + (big ? 12 : 8);
      if (size <= (big ? 8 : 4)) {
        return field;
      }
      int from = big ? index(tiff.getLong(field)) : index(tiff.getInt(field) & 0xFFFFFFFFL);
      index((long) from + size - 1);
      return from;
    }

    private long[] values(int at) {
      int bytes = bytes(tiff.getShort(at + 2));
      int from = dataOf(at);
      long[] values = new long[Math.max(1, (int) count(at))];
      for (int i = 0; i < values.length; i++) {
        int p = from + i * bytes;
        values[i] =
            switch (bytes) {
              case 2 -> tiff.getShort(p) & 0xFFFF;
              case 4 -> tiff.getInt(p) & 0xFFFFFFFFL;
              case 8 -> tiff.getLong(p);
              default -> tiff.get(p) & 0xFF;
            };
      }
      return values;
    }

    private int index(long position) {
      if (position < 0 || position >= tiff.capacity()) {
        throw new IndexOutOfBoundsException("position " + position);
      }
      return (int) position;
    }
  }
}
