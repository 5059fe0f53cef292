package org.fairspark.inspection;

import java.util.Arrays;
import org.fairspark.image.PixelImage;

/**
 * The white part of a picture, which is stretched over the image.
 *
 * @param height rows
 * @param width columns
 * @param bits a bit for each pixel, row by row, eight to a byte, the first highest
 */
public record Picture(int height, int width, byte[] bits) implements Region {
  private static final int WHITE_FROM = 128;

  /**
   * @throws IllegalArgumentException if the number of bits does not fit
   */
  public Picture {
    if (height < 1 || width < 1 || bits.length != (height * width + 7) / 8) {
      throw new IllegalArgumentException(
          "%d bytes do not hold %d x %d bits".formatted(bits.length, height, width));
    }
    bits = bits.clone();
  }

  /**
   * Returns the pixels above one half.
   *
   * @param mask {@code uint8[H][W][1]}
   */
  public static Picture of(PixelImage mask) {
    byte[] bits = new byte[(mask.height() * mask.width() + 7) / 8];
    byte[] values = mask.pixels();
    for (int i = 0; i < values.length; i++) {
      if ((values[i] & 0xFF) >= WHITE_FROM) {
        bits[i / 8] |= (byte) (0x80 >> i % 8);
      }
    }
    return new Picture(mask.height(), mask.width(), bits);
  }

  @Override
  public boolean contains(double x, double y) {
    int column = (int) Math.max(0, Math.min(width - 1.0, Math.floor(x * width)));
    int row = (int) Math.max(0, Math.min(height - 1.0, Math.floor(y * height)));
    int i = row * width + column;
    return (bits[i / 8] & (0x80 >> i % 8)) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && height == picture.height
        && width == picture.width
        && Arrays.equals(bits, picture.bits);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "Picture[%d x %d]".formatted(height, width);
  }
}
