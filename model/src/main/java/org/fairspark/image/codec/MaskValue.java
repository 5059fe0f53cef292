package org.fairspark.image.codec;

/** Mask values of samples that are not 8-bit gray. Only black samples give 0. */
final class MaskValue {
  private MaskValue() {}

  /** Returns the BT.601 luma of 8-bit samples, rounded, but at least 1 if any sample is above 0. */
  static byte ofRgb(int red, int green, int blue) {
    int luma = (9798 * red + 19235 * green + 3735 * blue + (1 << 14)) >> 15;
    return (byte) (luma == 0 && (red | green | blue) != 0 ? 1 : luma);
  }

  /** Returns the high byte of a 16-bit sample, but at least 1 if the sample is above 0. */
  static byte of16(byte high, byte low) {
    return high == 0 && low != 0 ? 1 : high;
  }

  /**
   * Returns a mask's values: its colours', or its alpha channel where all pixels have one colour
   * and not one opacity.
   *
   * @param colors {@code uint8[H][W]}
   * @param alpha {@code uint8[H][W]}, or null
   */
  static byte[] ofColorOrAlpha(byte[] colors, byte[] alpha) {
    return alpha != null && isConstant(colors) && !isConstant(alpha) ? alpha : colors;
  }

  private static boolean isConstant(byte[] values) {
    for (byte value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
