package org.fairspark.store.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.fairspark.config.SamplesConfig.Precision;
import org.fairspark.image.ImageSize;

/**
 * Column metadata that tells how to read a tensor in a binary column. Spark keeps it in the footer
 * of every Parquet file. Where rows have sizes of their own, which their columns {@code height} and
 * {@code width} tell, the shape has {@value #OWN} in these places.
 */
public final class Tensors {
  private static final String SHAPE = "tensor_shape";
  private static final String TYPE = "tensor_type";
  private static final String BYTE_LAYOUT = "byte_layout";
  private static final String PLANES = "planes";

  /** The length of a side that each row tells itself. */
  static final long OWN = -1;

  private Tensors() {}

  /** Returns the shape and type {@code uint8[H][W][3]}, RGB. */
  public static Metadata pixels(Optional<ImageSize> size) {
    return tensor("uint8", "HWC", height(size), width(size), 3).putString("color", "RGB").build();
  }

  /** Returns the shape and type {@code uint8[H][W]}; above 0 is anomalous, edges are gray. */
  public static Metadata mask(Optional<ImageSize> size) {
    return tensor("uint8", "HW", height(size), width(size)).build();
  }

  /**
   * Returns the shape {@code [C][H][W]} and the type, little-endian, with the filter that made it.
   * Where {@value #BYTE_LAYOUT} is {@value #PLANES}, the first byte of all values comes first, then
   * the second of all, and so on.
   */
  static Metadata input(int channels, int height, int width, String filter, InputFormat format) {
    MetadataBuilder input =
        tensor(type(format.precision()), "CHW", channels, height, width)
            .putString("byte_order", "little-endian")
            .putString("filter", filter);
    return (format.planes() ? input.putString(BYTE_LAYOUT, PLANES) : input).build();
  }

  /** Returns the format that {@link #input} told; tables of before tell less. */
  static InputFormat inputFormat(Metadata input) {
    return new InputFormat(
        input.contains(TYPE) && input.getString(TYPE).equals(type(Precision.FLOAT16))
            ? Precision.FLOAT16
            : Precision.FLOAT32,
        input.contains(BYTE_LAYOUT) && input.getString(BYTE_LAYOUT).equals(PLANES));
  }

  private static String type(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the shape and type {@code float32[H][W]}, little-endian. */
  public static Metadata map(Optional<ImageSize> size) {
    return tensor("float32", "HW", height(size), width(size))
        .putString("byte_order", "little-endian")
        .build();
  }

  private static long height(Optional<ImageSize> size) {
    return size.isPresent() ? size.get().height() : OWN;
  }

  private static long width(Optional<ImageSize> size) {
    return size.isPresent() ? size.get().width() : OWN;
  }

  /** Returns whether a column's rows have sizes of their own. */
  static boolean hasOwnSizes(StructType schema, String column) {
    return Arrays.asList(schema.fieldNames()).contains(column)
        && schema.apply(column).metadata().contains(SHAPE)
        && schema.apply(column).metadata().getLongArray(SHAPE)[0] == OWN;
  }

  private static MetadataBuilder tensor(String type, String layout, long... shape) {
    return new MetadataBuilder()
        .putString(TYPE, type)
        .putString("tensor_layout", layout)
        .putLongArray(SHAPE, shape);
  }
}
