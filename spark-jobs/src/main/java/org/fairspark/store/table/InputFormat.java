package org.fairspark.store.table;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.fairspark.config.SamplesConfig.Precision;

/**
 * The form of the networks' inputs in {@code samples/}, which the column's metadata tells.
 *
 * @param precision of a value
 * @param planes whether the values' bytes lie in planes ({@link BytePlanes}); tables of before have
 *     value after value
 */
public record InputFormat(Precision precision, boolean planes) implements Serializable {

  /** Returns the form of an existing table. */
  public static InputFormat of(StructType schema) {
    return Tensors.inputFormat(schema.apply(SamplesTable.INPUT).metadata());
  }

  /** Returns the form of a table that is written now. */
  public static InputFormat written(Precision precision) {
    return new InputFormat(precision, true);
  }

  /** Returns the bytes of a value. */
  int width() {
    return precision == Precision.FLOAT16 ? Short.BYTES : Float.BYTES;
  }

  byte[] encoded(float[] values) {
    byte[] bytes =
        precision == Precision.FLOAT16 ? Float16Codec.ofSigned(values) : Float32Codec.of(values);
    return planes ? BytePlanes.split(bytes, width()) : bytes;
  }

  /**
   * Returns the values in single precision.
   *
   * @return {@code float32[C][H][W]}, little-endian
   */
  public byte[] decoded(byte[] column) {
    byte[] bytes = planes ? BytePlanes.join(column, width()) : column;
    return precision == Precision.FLOAT16 ? Float32Codec.of(Float16Codec.toFloats(bytes)) : bytes;
  }
}
