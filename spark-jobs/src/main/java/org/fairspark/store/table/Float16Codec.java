package org.fairspark.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Numbers in half precision (IEEE 754 binary16), little-endian. */
public final class Float16Codec {
  private static final float MAX_VALUE = 65504;
  private static final int SIGN = 0x8000;

  private Float16Codec() {}

  /**
   * Returns values of 0 or more, rounded to the nearest half; larger ones than a half holds become
   * the largest, negative ones 0.
   */
  public static byte[] of(float[] values) {
    return encoded(values, 0);
  }

  /** Returns values of either sign, likewise. */
  static byte[] ofSigned(float[] values) {
    return encoded(values, -MAX_VALUE);
  }

  private static byte[] encoded(float[] values, float least) {
    byte[] bytes = new byte[2 * values.length];
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (float value : values) {
      float held = Math.max(least, Math.min(MAX_VALUE, value));
      int sign = held < 0 ? SIGN : 0;
      halves.put((short) (sign | half(Math.abs(held))));
    }
    return bytes;
  }

  /** Returns the values of {@link #of} or {@link #ofSigned}. */
  public static float[] toFloats(byte[] bytes) {
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[halves.remaining()];
    for (int i = 0; i < values.length; i++) {
      int half = halves.get(i) & 0xFFFF;
      int exponent = (half & ~SIGN) >> 10;
      int fraction = half & 0x3FF;
      float size =
          exponent == 0
              ? fraction * 0x1.0p-24f
              : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
      values[i] = (half & SIGN) == 0 ? size : -size;
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
