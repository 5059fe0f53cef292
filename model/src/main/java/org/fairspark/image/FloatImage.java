package org.fairspark.image;

/**
 * A floating-point image or tensor, {@code float[C][H][W]} in one array, planes one after another.
 * Colour is RGB in [0,1]; values of a high-pass image lie about zero; an anomaly map is
 * non-negative.
 *
 * <p>The array is not copied: the caller of the constructor must not write to it afterwards.
 */
public final class FloatImage {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Wraps the array.
   *
   * @param values {@code float[channels][height][width]}
   * @throws IllegalArgumentException if a dimension is below 1 or the array's length does not fit
   */
  public FloatImage(int channels, int height, int width, float[] values) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "dimensions must be positive, got %d x %d x %d".formatted(channels, height, width));
    }
    if (values.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
      throw new IllegalArgumentException(
          "expected %d x %d x %d values, got %d".formatted(channels, height, width, values.length));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
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

  /** Returns the backing array, {@code float[C][H][W]}; not a copy. */
  public float[] values() {
    return values;
  }

  public float at(int channel, int row, int column) {
    return values[(channel * height + row) * width + column];
  }

  /**
   * Converts to bytes: each value times 255, rounded, clipped to 0..255. The image has one or three
   * channels.
   */
  public PixelImage toPixels() {
    int plane = height * width;
    byte[] pixels = new byte[values.length];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < plane; p++) {
        int v = Math.round(values[c * plane + p] * 255f);
        pixels[p * channels + c] = (byte) Math.max(0, Math.min(255, v));
      }
    }
    return new PixelImage(channels, height, width, pixels);
  }
}
