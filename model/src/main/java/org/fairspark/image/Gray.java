package org.fairspark.image;

/** Conversion from colour to gray. */
public final class Gray {
  private Gray() {}

  /**
   * Computes the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, in single precision.
   *
   * @param rgb {@code float[3][H][W]}
   * @return {@code float[1][H][W]} in the same range
   * @throws IllegalArgumentException if the image has not three channels
   */
  public static FloatImage bt601(FloatImage rgb) {
    if (rgb.channels() != 3) {
      throw new IllegalArgumentException("expected 3 channels, got " + rgb.channels());
    }
    int plane = rgb.height() * rgb.width();
    float[] from = rgb.values();
    float[] gray = new float[plane];
    for (int p = 0; p < plane; p++) {
      gray[p] = 0.299f * from[p] + 0.587f * from[plane + p] + 0.114f * from[2 * plane + p];
    }
    return new FloatImage(1, rgb.height(), rgb.width(), gray);
  }
}
