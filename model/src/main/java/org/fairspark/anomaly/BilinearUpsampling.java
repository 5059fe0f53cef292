package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/**
 * Bilinear resizing with half-pixel centres and clamped edges, PyTorch's {@code interpolate(..,
 * mode="bilinear", align_corners=False)}.
 */
public final class BilinearUpsampling {
  private BilinearUpsampling() {}

  /**
   * Resizes every channel.
   *
   * @return {@code float[C][height][width]}
   */
  public static FloatImage resize(FloatImage image, int height, int width) {
    float[] out = new float[image.channels() * height * width];
    int plane = image.height() * image.width();
    for (int c = 0; c < image.channels(); c++) {
      add(
          image.values(),
          c * plane,
          image.height(),
          image.width(),
          1,
          out,
          c * height * width,
          height,
          width);
    }
    return new FloatImage(image.channels(), height, width, out);
  }

  /** Adds the resized plane times the weight to what is there. */
  static void add(
      float[] in,
      int inAt,
      int inHeight,
      int inWidth,
      float weight,
      float[] out,
      int outAt,
      int height,
      int width) {
    int[] left = new int[width];
    int[] right = new int[width];
    float[] share = new float[width];
    for (int c = 0; c < width; c++) {
      double source = Math.max(0, (c + 0.5) * inWidth / width - 0.5);
      left[c] = (int) source;
      right[c] = Math.min(left[c] + 1, inWidth - 1);
      share[c] = (float) (source - left[c]);
    }
    float[] blended = new float[inWidth];
    for (int r = 0; r < height; r++) {
      double source = Math.max(0, (r + 0.5) * inHeight / height - 0.5);
      int upper = (int) source;
      int top = inAt + upper * inWidth;
      int bottom = inAt + Math.min(upper + 1, inHeight - 1) * inWidth;
      float lower = (float) (source - upper) * weight;
      float higher = weight - lower;
      for (int c = 0; c < inWidth; c++) {
        blended[c] = higher * in[top + c] + lower * in[bottom + c];
      }
      int to = outAt + r * width;
      for (int c = 0; c < width; c++) {
        float a = blended[left[c]];
        out[to + c] += a + share[c] * (blended[right[c]] - a);
      }
    }
  }
}
