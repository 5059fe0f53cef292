package org.fairspark.store.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of several bytes as planes: the first byte of each, then the second of each, and so on.
 * Bytes that are alike lie side by side so, and compress better; no bit is lost.
 */
final class BytePlanes {
  private static final VarHandle INTEGERS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private BytePlanes() {}

  /**
   * Puts numbers into planes.
   *
   * @param numbers one after another
   * @param width bytes of a number
   * @throws IllegalArgumentException if the bytes are no whole number of numbers
   */
  static byte[] split(byte[] numbers, int width) {
    int count = count(numbers, width);
    byte[] planes = new byte[numbers.length];
    for (int plane = 0; plane < width; plane++) {
      int from = plane * count;
      for (int i = 0; i < count; i++) {
        planes[from + i] = numbers[i * width + plane];
      }
    }
    return planes;
  }

  /** Returns the numbers of {@link #split}, one after another. */
  static byte[] join(byte[] planes, int width) {
    int count = count(planes, width);
    byte[] numbers = new byte[planes.length];
    if (width == Float.BYTES) {
      // All four bytes at once: reading so is faster than reading what compresses less.
      for (int i = 0; i < count; i++) {
        int bits =
            (planes[i] & 0xFF)
                | (planes[count + i] & 0xFF) << 8
                | (planes[2 * count + i] & 0xFF) << 16
                | planes[3 * count + i] << 24;
        INTEGERS.set(numbers, i * Float.BYTES, bits);
      }
      return numbers;
    }
    for (int plane = 0; plane < width; plane++) {
      int from = plane * count;
      for (int i = 0; i < count; i++) {
        numbers[i * width + plane] = planes[from + i];
      }
    }
    return numbers;
  }

  private static int count(byte[] bytes, int width) {
    if (bytes.length % width != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of values of %d bytes".formatted(bytes.length, width));
    }
    return bytes.length / width;
  }
}
