package org.fairspark.image.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The search for what may be a marker in a JPEG's entropy-coded data. */
final class JpegMarkers {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST = 0x8080808080808080L;

  private JpegMarkers() {}

  /** Returns where the next byte of ones is, or the end. */
  static int next(byte[] file, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      // A byte of zeros is the lowest that borrows: eight bytes are looked at together.
      long zeros = ~(long) LONG.get(file, at);
      long found = (zeros - ONES) & ~zeros & HIGHEST;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && file[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }
}
