package org.fairspark.frequency;

import org.fairspark.image.FloatImage;

/** The one gray channel that all filters work on. */
final class GrayPlane {
  private GrayPlane() {}

  /** BT.601 gray in single precision, as OpenCV's float conversion. */
  static FloatImage of(FloatImage rgb) {
    requireColor(rgb);
    float[] v = rgb.values();
    int plane = rgb.height() * rgb.width();
    float[] gray = new float[plane];
    for (int p = 0; p < plane; p++) {
      gray[p] = 0.299f * v[p] + 0.587f * v[plane + p] + 0.114f * v[2 * plane + p];
    }
    return new FloatImage(1, rgb.height(), rgb.width(), gray);
  }

  static void requireColor(FloatImage rgb) {
    if (rgb.channels() != 3) {
      throw new IllegalArgumentException(
          "an extractor takes a colour image of 3 channels, got " + rgb.channels());
    }
  }

  static void requireGray(FloatImage gray) {
    if (gray.channels() != 1) {
      throw new IllegalArgumentException(
          "a gray image has 1 channel, got one of " + gray.channels());
    }
  }
}
