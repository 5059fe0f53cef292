package org.fairspark.image;

/** Small gray images, written out in tests. */
final class GrayImages {
  private GrayImages() {}

  /** Returns an image with these levels, in 0 to 255, row by row. */
  static PixelImage gray(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new PixelImage(1, height, width, pixels);
  }
}
