package org.fairspark.image;

/**
 * An 8-bit image, {@code uint8[H][W][C]} in row-major order with interleaved channels. Three
 * channels are RGB, in that order, everywhere in this product; one channel is gray or a mask.
 *
 * <p>The pixel array is not copied: the caller of the constructor must not write to it afterwards.
 */
public final class PixelImage {
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * Wraps the array.
   *
   * @param channels 1 or 3
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param pixels {@code uint8[height][width][channels]}
   * @throws IllegalArgumentException if a dimension is out of range or the array's length does not
   *     fit
   */
  public PixelImage(int channels, int height, int width, byte[] pixels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("an image needs pixels, got " + height + " x " + width);
    }
    if (pixels.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
      throw new IllegalArgumentException(
          "expected %d x %d x %d bytes, got %d".formatted(height, width, channels, pixels.length));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Returns height and width. */
  public ImageSize size() {
    return new ImageSize(height, width);
  }

  /** Returns the backing array, {@code uint8[H][W][C]}; not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** Returns one channel of one pixel, 0..255. */
  public int at(int row, int column, int channel) {
    return pixels[(row * width + column) * channels + channel] & 0xFF;
  }

  /** Converts to {@code float[C][H][W]} in [0,1]: value / 255 in single precision. */
  public FloatImage toFloat() {
    int plane = height * width;
    float[] planar = new float[channels * plane];
    for (int p = 0, i = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        planar[c * plane + p] = (pixels[i++] & 0xFF) / 255f;
      }
    }
    return new FloatImage(channels, height, width, planar);
  }
}
