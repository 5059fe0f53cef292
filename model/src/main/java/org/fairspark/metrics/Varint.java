package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The encoding of non-negative numbers in as few bytes as they need, seven bits per byte. */
final class Varint {
  private Varint() {}

  static void write(DataOutput out, long value) throws IOException {
    while (value >= 0x80) {
      out.writeByte((int) (value | 0x80));
      value >>>= 7;
    }
    out.writeByte((int) value);
  }

  static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = in.readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number is longer than 63 bits");
  }
}
