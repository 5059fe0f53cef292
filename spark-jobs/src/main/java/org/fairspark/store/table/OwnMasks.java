package org.fairspark.store.table;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;

/**
 * The column that holds a mask at the size of its image's file, in {@code images/} and {@code
 * maps/}; null where there is none, and where images are kept at that size. Tables of earlier
 * versions lack it.
 */
public final class OwnMasks {
  /** A bit for each pixel, row by row, set above one half; compressed as zlib does. */
  public static final String COLUMN = "own_mask";

  /** The smallest value above one half. */
  private static final int HALF = 128;

  private OwnMasks() {}

  static StructField field() {
    return new StructField(COLUMN, DataTypes.BinaryType, true, Metadata.empty());
  }

  /** Returns the fields of a table that is not {@code images/}: the mask and its size. */
  static List<StructField> fields() {
    return List.of(
        new StructField(ImagesTable.ORIGINAL_HEIGHT, DataTypes.IntegerType, true, Metadata.empty()),
        new StructField(ImagesTable.ORIGINAL_WIDTH, DataTypes.IntegerType, true, Metadata.empty()),
        field());
  }

  /** Returns the names of the mask's and its size's columns that a table has. */
  public static List<String> in(String[] columns) {
    return Stream.of(ImagesTable.ORIGINAL_HEIGHT, ImagesTable.ORIGINAL_WIDTH, COLUMN)
        .filter(Arrays.asList(columns)::contains)
        .toList();
  }

  /** Copies the cells of another table's row, as far as it has them. */
  public static void copy(Row from, RowBuilder to) {
    in(from.schema().fieldNames()).forEach(name -> to.set(name, from.getAs(name)));
  }

  /** Returns the size of the file of a row's image, if it is known. */
  public static Optional<ImageSize> size(Row row) {
    return in(row.schema().fieldNames()).size() < 3
            || row.getAs(ImagesTable.ORIGINAL_HEIGHT) == null
        ? Optional.empty()
        : Optional.of(
            new ImageSize(
                row.<Integer>getAs(ImagesTable.ORIGINAL_HEIGHT),
                row.<Integer>getAs(ImagesTable.ORIGINAL_WIDTH)));
  }

  /** Returns the mask of a row at the size of its file, 255 above one half, if it is kept. */
  public static Optional<byte[]> mask(Row row, ImageSize size) {
    byte[] cell = row.getAs(COLUMN);
    return cell == null ? Optional.empty() : Optional.of(unpacked(cell, size.pixels()));
  }

  /** Returns the cell of a mask. */
  static byte[] cell(PixelImage mask) {
    byte[] values = mask.pixels();
    byte[] bits = new byte[(values.length + 7) / 8];
    for (int p = 0; p < values.length; p++) {
      if ((values[p] & 0xFF) >= HALF) {
        bits[p >> 3] |= (byte) (1 << (p & 7));
      }
    }
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bits);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] unpacked(byte[] cell, long pixels) {
    byte[] bits = new byte[Math.toIntExact((pixels + 7) / 8)];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(cell);
      if (inflater.inflate(bits) != bits.length) {
        throw new IllegalArgumentException(
            "a mask of %d pixels has other bytes than its table says".formatted(pixels));
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a mask cannot be read: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
    byte[] values = new byte[Math.toIntExact(pixels)];
    for (int p = 0; p < values.length; p++) {
      values[p] = (byte) ((bits[p >> 3] >> (p & 7) & 1) * 255);
    }
    return values;
  }
}
