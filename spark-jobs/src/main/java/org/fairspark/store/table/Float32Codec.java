package org.fairspark.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Float tensors as bytes: IEEE 754 single precision, little-endian. */
public final class Float32Codec {
  private Float32Codec() {}

  public static byte[] of(float[] values) {
    return of(List.of(values));
  }

  /**
   * Returns the values of several arrays, one after the other.
   *
   * @throws ArithmeticException if they take 2 GiB or more
   */
  public static byte[] of(List<float[]> arrays) {
    long values = arrays.stream().mapToLong(array -> array.length).sum();
    byte[] bytes = new byte[Math.toIntExact(values * Float.BYTES)];
    FloatBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    arrays.forEach(buffer::put);
    return bytes;
  }

  /**
   * Returns the values.
   *
   * @throws IllegalArgumentException if the number of bytes is no multiple of four
   */
  public static float[] toFloats(byte[] bytes) {
    float[] values = new float[length(bytes)];
    copy(bytes, values, 0);
    return values;
  }

  /** Copies the values into a larger array, such as a batch. */
  public static void copy(byte[] bytes, float[] target, int offset) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(target, offset, length(bytes));
  }

  private static int length(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole number of floats");
    }
    return bytes.length / Float.BYTES;
  }
}
