package org.fairspark.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Numbers of 0 or more in half precision (IEEE 754 binary16), little-endian. */
public final class Float16Codec {
  private static final float MAX_VALUE = 65504;

  private Float16Codec() {}

  /**
   * Returns the values, rounded to the nearest half; larger ones than a half holds become the
   * largest.
   */
  public static byte[] of(float[] values) {
    byte[] bytes = new byte[2 * values.length];
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (float value : values) {
      halves.put(half(Math.max(0, Math.min(MAX_VALUE, value))));
    }
    return bytes;
  }

  /** Returns the values of {@link #of}. */
  public static float[] toFloats(byte[] bytes) {
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[halves.remaining()];
    for (int i = 0; i < values.length; i++) {
      int half = halves.get(i) & 0xFFFF;
      int exponent = half >> 10;
      int fraction = half & 0x3FF;
      values[i] =
          exponent == 0
              ? fraction * 0x1.0p-24f
              : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return values;
  }

  private static short half(float value) {
    if (value < 0x1.0p-14f) {
      return (short) Math.rint(value * 0x1.0p24f);
    }
    int bits = Float.floatToRawIntBits(value);
    // Ties go to the even half; a carry runs into the exponent, as it should.
    int rounded = bits + 0xFFF + (bits >> 13 & 1);
    return (short) ((rounded >> 13) - (112 << 10));
  }
}
