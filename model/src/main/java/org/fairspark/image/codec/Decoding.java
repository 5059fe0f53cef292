package org.fairspark.image.codec;

import java.util.function.UnaryOperator;
import org.fairspark.image.ImageSize;

/**
 * The way in which a file is to be decoded.
 *
 * @param limits checked against the header, before memory for pixels is taken
 * @param depth of 16-bit samples; a mask goes by its own largest sample instead
 * @param mask whether to decode a mask, as {@link ImageDecoder#readMask} says
 * @param reduced the size to which a picture of a size, upright, is reduced by area afterwards:
 *     that size itself where its pixels are needed
 */
record Decoding(
    DecodeLimits limits, BitDepth depth, boolean mask, UnaryOperator<ImageSize> reduced) {
  private static final int[] CELL_SIDES = {8, 4, 2};

  /** Makes a decoding to pixels. */
  Decoding(DecodeLimits limits, BitDepth depth, boolean mask) {
    this(limits, depth, mask, UnaryOperator.identity());
  }

  /** Returns the same for an image that is no mask. */
  Decoding ofImage() {
    return new Decoding(limits, depth, false, reduced);
  }

  /** Returns the bits of a file's 16-bit samples, of which the highest 8 are kept. */
  int bits(int largest, WideSamples samples) {
    return mask ? Math.max(8, 32 - Integer.numberOfLeadingZeros(largest)) : depth.of(samples);
  }

  /** Returns a 16-bit sample as a byte; in a mask what is above zero stays above zero. */
  byte toByte(int sample, int bits) {
    int high = bits >= 8 ? sample >> (bits - 8) : sample << (8 - bits);
    return (byte) (mask && high == 0 && sample != 0 ? 1 : Math.min(255, high));
  }

  /**
   * Returns the largest cells whose means may stand for a picture's pixels: at least two of them
   * lie in each row and each column of every pixel that it is reduced to. One pixel where it
   * becomes less than four times smaller on a side.
   *
   * @param size of the picture, upright
   * @param turned whether it is stored otherwise: cells that reach beyond it would then lie at
   *     another edge
   */
  ImageSize cell(ImageSize size, boolean turned) {
    ImageSize to = mask ? size : reduced.apply(size);
    int height = side(size.height(), to.height(), turned);
    int width = side(size.width(), to.width(), turned);
    return height == 1 || width == 1 ? ImageSize.square(1) : new ImageSize(height, width);
  }

  private static int side(int from, int to, boolean turned) {
    for (int side : CELL_SIDES) {
      if (from >= 2L * side * to && (from % side == 0 || !turned)) {
        return side;
      }
    }
    return 1;
  }
}
