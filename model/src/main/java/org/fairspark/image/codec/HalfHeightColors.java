package org.fairspark.image.codec;

/**
 * The colours of YCbCr pictures whose colour components have half the rows and all the columns
 * (4:4:0): a picture of 4:2:2 that was turned by 90 degrees. libjpeg-turbo smooths between the rows
 * and libjpeg 6b repeats them, up to 16 levels apart; here they are smoothed as OpenCV's
 * libjpeg-turbo does it, on every Java runtime.
 */
final class HalfHeightColors {
  private HalfHeightColors() {}

  /**
   * Stretches a component to twice its rows: three quarters of the nearer row and one of the other,
   * rounded down in upper rows and up in lower ones.
   *
   * @param component {@code uint8[(height + 1) / 2][width]}
   * @return {@code uint8[height][width]}
   */
  static byte[] stretched(byte[] component, int height, int width) {
    int rows = (height + 1) / 2;
    byte[] out = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int near = y / 2;
      int far = Math.max(0, Math.min(rows - 1, y % 2 == 0 ? near - 1 : near + 1));
      int bias = y % 2 == 0 ? 1 : 2;
      for (int x = 0; x < width; x++) {
        int sum =
            3 * (component[near * width + x] & 0xFF) + (component[far * width + x] & 0xFF) + bias;
        out[y * width + x] = (byte) (sum >> 2);
      }
    }
    return out;
  }
}
