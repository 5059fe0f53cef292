package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;

/**
 * Bilinear resizing with half-pixel centres and clamped edges: PyTorch's {@code interpolate(...,
 * mode="bilinear", align_corners=False)}.
 */
public final class BilinearUpsampling {
  private BilinearUpsampling() {}

  /**
   * Resizes every channel of an image.
   *
   * @return {@code float[C][height][width]}
   */
  public static FloatImage resize(FloatImage image, int height, int width) {
    float[] out = new float[image.channels() * height * width];
    int plane = image.height() * image.width();
    for (int c = 0; c < image.channels(); c++) {
      add(
          new Plane(image.values(), c * plane, image.height(), image.width()),
          1,
          new Plane(out, c * height * width, height, width));
    }
    return new FloatImage(image.channels(), height, width, out);
  }

  /** Resizes a plane to the size of another, and adds it, times the weight, to that one. */
  static void add(Plane from, float weight, Plane to) {
    float[] in = from.values();
    int inHeight = from.height();
    int inWidth = from.width();
    float[] out = to.values();
    int height = to.height();
    int width = to.width();
    int[] left = new int[width];
    int[] right = new int[width];
    float[] fraction = new float[width];
    for (int c = 0; c < width; c++) {
      double source = Math.max(0, (c + 0.5) * inWidth / width - 0.5);
      left[c] = (int) source;
      right[c] = Math.min(left[c] + 1, inWidth - 1);
      fraction[c] = (float) (source - left[c]);
    }
    float[] blended = new float[inWidth];
    for (int r = 0; r < height; r++) {
      double source = Math.max(0, (r + 0.5) * inHeight / height - 0.5);
      int upper = (int) source;
      int top = from.offset() + upper * inWidth;
      int bottom = from.offset() + Math.min(upper + 1, inHeight - 1) * inWidth;
      float lower = (float) (source - upper) * weight;
      float higher = weight - lower;
      for (int c = 0; c < inWidth; c++) {
        blended[c] = higher * in[top + c] + lower * in[bottom + c];
      }
      int row = to.offset() + r * width;
      for (int c = 0; c < width; c++) {
        float a = blended[left[c]];
        out[row + c] += a + fraction[c] * (blended[right[c]] - a);
      }
    }
  }
}
