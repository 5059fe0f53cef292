package org.fairspark.store.table;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Column metadata that tells how to read a tensor in a binary column. Spark keeps it in the footer
 * of every Parquet file.
 */
public final class Tensors {
  private Tensors() {}

  /** Returns the shape and type {@code uint8[H][W][3]}, RGB. */
  public static Metadata pixels(int height, int width) {
    return tensor("uint8", "HWC", height, width, 3).putString("color", "RGB").build();
  }

  /** Returns the shape and type {@code uint8[H][W]}; above 0 is anomalous, edges are gray. */
  public static Metadata mask(int height, int width) {
    return tensor("uint8", "HW", height, width).build();
  }

  /**
   * Returns the shape and type {@code float32[C][H][W]}, little-endian, with the filter that made
   * it.
   */
  public static Metadata input(int channels, int height, int width, String filter) {
    return tensor("float32", "CHW", channels, height, width)
        .putString("byte_order", "little-endian")
        .putString("filter", filter)
        .build();
  }

  /** Returns the shape and type {@code float32[H][W]}, little-endian. */
  public static Metadata map(int height, int width) {
    return tensor("float32", "HW", height, width).putString("byte_order", "little-endian").build();
  }

  private static MetadataBuilder tensor(String type, String layout, long... shape) {
    return new MetadataBuilder()
        .putString("tensor_type", type)
        .putString("tensor_layout", layout)
        .putLongArray("tensor_shape", shape);
  }
}
