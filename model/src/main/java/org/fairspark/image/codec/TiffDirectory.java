package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entries of one directory of a TIFF or BigTIFF file; each describes a picture. */
final class TiffDirectory {
  static final int SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int MAX_SAMPLE_VALUE = 281;
  static final int PLANAR_CONFIGURATION = 284;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int SAMPLE_FORMAT = 339;

  private static final Set<Integer> READ =
      Set.of(
          SUBFILE_TYPE,
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          FILL_ORDER,
          DESCRIPTION,
          STRIP_OFFSETS,
          ORIENTATION,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTES,
          MAX_SAMPLE_VALUE,
          PLANAR_CONFIGURATION,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTES,
          SAMPLE_FORMAT);

  private final Map<Integer, long[]> values = new HashMap<>();
  private final Map<Integer, Integer> positions = new HashMap<>();

  private TiffDirectory() {}

  /**
   * Reads all directories.
   *
   * @throws IndexOutOfBoundsException if the first reaches beyond the file's end; broken links to
   *     later ones end the list
   */
  static List<TiffDirectory> all(byte[] file) {
    Reader reader = new Reader(file);
    List<TiffDirectory> all = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long at = reader.first();
    while (at != 0 && seen.add(at)) {
      TiffDirectory directory = new TiffDirectory();
      try {
        at = reader.read(at, directory);
      } catch (IndexOutOfBoundsException | ArithmeticException e) {
        if (all.isEmpty()) {
          throw new IndexOutOfBoundsException(e.getMessage());
        }
        return all;
      }
      all.add(directory);
    }
    return all;
  }

  /** Returns an entry's first value, or another where the entry is absent. */
  long number(int tag, long absent) {
    long[] all = values.get(tag);
    return all == null ? absent : all[0];
  }

  /** Returns an entry's values; none where it is absent. */
  long[] numbers(int tag) {
    return values.getOrDefault(tag, new long[0]);
  }

  /** Returns an entry's text; empty where it is absent. */
  String text(int tag) {
    long[] all = numbers(tag);
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) all[i];
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns where an entry's values begin in the file. */
  int position(int tag) {
    return positions.get(tag);
  }

  private static final class Reader {
    private final ByteBuffer tiff;
    private final boolean big;

    Reader(byte[] file) {
      tiff = ByteBuffer.wrap(file);
      tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      big = tiff.getShort(2) == 43;
    }

    long first() {
      return big ? tiff.getLong(8) : tiff.getInt(4) & 0xFFFFFFFFL;
    }

    /** Reads a directory; returns the position of the next, 0 if there is none. */
    long read(long position, TiffDirectory directory) {
      int at = index(position);
      int entries = big ? index(tiff.getLong(at)) : tiff.getShort(at) & 0xFFFF;
      at += big ? 8 : 2;
      int size = big ? 20 : 12;
      for (int i = 0; i < entries; i++, at += size) {
        int from = dataOf(at);
        int tag = tiff.getShort(at) & 0xFFFF;
        if (READ.contains(tag)) {
          directory.values.put(tag, values(at));
          directory.positions.put(tag, from);
        }
      }
      // A whole file has the link to the next directory even if there is none.
      return big ? tiff.getLong(at) : tiff.getInt(at) & 0xFFFFFFFFL;
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
