package org.fairspark.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Float tensors as bytes: IEEE 754 single precision, little-endian. */
public final class Float32Codec {
  private Float32Codec() {}

  public static byte[] of(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
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
