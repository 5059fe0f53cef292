package org.fairspark.network.backend;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Between images plane by plane, as everybody else has them, and with each pixel's channels side by
 * side, as the network computes.
 */
public final class ChannelsLast {
  private ChannelsLast() {}

  /**
   * Returns the array {@code [n][height][width][channels]} of {@code
   * float[n][channels][height][width]}.
   */
  public static INDArray array(float[] planes, int n, int channels, int height, int width) {
    long[] shape = {n, height, width, channels};
    return Nd4j.create(from(planes, shape), shape, 'c');
  }

  /**
   * Copies {@code float[n][channels][height][width]} to the given {@code
   * [n][height][width][channels]}.
   */
  static float[] from(float[] planes, long[] shape) {
    int channels = (int) shape[3];
    int plane = (int) (shape[1] * shape[2]);
    if (channels == 1) {
      return planes;
    }
    float[] pixels = new float[planes.length];
    for (int image = 0; image < planes.length; image += channels * plane) {
      for (int c = 0; c < channels; c++) {
        int source = image + c * plane;
        for (int p = 0; p < plane; p++) {
          pixels[image + p * channels + c] = planes[source + p];
        }
      }
    }
    return pixels;
  }

  /**
   * Copies the given {@code [n][height][width][channels]} to {@code
   * float[n][channels][height][width]}.
   */
  public static float[] toPlanes(float[] pixels, long[] shape) {
    int channels = (int) shape[3];
    int plane = (int) (shape[1] * shape[2]);
    if (channels == 1) {
      return pixels;
    }
    float[] planes = new float[pixels.length];
    for (int image = 0; image < pixels.length; image += channels * plane) {
      for (int c = 0; c < channels; c++) {
        int target = image + c * plane;
        for (int p = 0; p < plane; p++) {
          planes[target + p] = pixels[image + p * channels + c];
        }
      }
    }
    return planes;
  }
}
