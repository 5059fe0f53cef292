package org.fairspark.anomaly;

import java.util.Arrays;
import org.fairspark.image.FloatImage;

/**
 * Gradient magnitude similarity (GMS) over an image pyramid (paper equation 8), as the reference
 * code computes it: with m1 and m2 the magnitudes of Prewitt gradients, {@code GMS = (2 m1 m2 + c)
 * / (m1^2 + m2^2 + c)}. Gradients see zeros outside the image, so that both images have the same
 * strong edge along the border.
 */
public final class GradientSimilarity {
  /** The constant c for images in [0,1] (reference code). */
  private static final float C = 0.0026f;

  private static final float EPSILON = 1e-12f;

  private GradientSimilarity() {}

  /**
   * Computes the similarity of each channel at one scale.
   *
   * @param original {@code float[3][H][W]}, in [0,1]
   * @param restored {@code float[3][H][W]}
   * @param scale 0 for full size, 1 for half, and so on
   * @return {@code float[3][H >> scale][W >> scale]}, 1 where gradients are equal
   */
  public static FloatImage similarity(FloatImage original, FloatImage restored, int scale) {
    AnomalyFunction.requireSameColorShape(original, restored);
    int height = original.height();
    int width = original.width();
    requireRoom(height, width, scale + 1);
    float[] a = original.values();
    float[] b = restored.values();
    for (int s = 0; s < scale; s++) {
      float[] halfA = new float[3 * (height / 2) * (width / 2)];
      float[] halfB = new float[halfA.length];
      halve(a, height, width, halfA);
      halve(b, height, width, halfB);
      a = halfA;
      b = halfB;
      height /= 2;
      width /= 2;
    }
    Rows rows = new Rows(width);
    float[] similarity = new float[3 * height * width];
    for (int c = 0; c < 3; c++) {
      float[] plane = new float[height * width];
      rows.addDissimilarity(a, b, c * plane.length, height, plane);
      for (int p = 0; p < plane.length; p++) {
        similarity[c * plane.length + p] = 1 - plane[p];
      }
    }
    return new FloatImage(3, height, width, similarity);
  }

  /** Adds {@code 1 - MSGMS}, the mean over scales and channels, to the map. */
  static void addDissimilarity(FloatImage original, FloatImage restored, int scales, float[] map) {
    int height = original.height();
    int width = original.width();
    requireRoom(height, width, scales);
    Scratch scratch = Scratch.of(height, width);
    float weight = 1f / (3 * scales);
    float[] a = original.values();
    float[] b = restored.values();
    for (int scale = 0; ; scale++) {
      float[] sum = scratch.sum();
      Arrays.fill(sum, 0, height * width, 0);
      for (int c = 0; c < 3; c++) {
        scratch.rows(scale).addDissimilarity(a, b, c * height * width, height, sum);
      }
      if (scale == 0) {
        for (int p = 0; p < map.length; p++) {
          map[p] += weight * sum[p];
        }
      } else {
        BilinearUpsampling.add(
            new Plane(sum, 0, height, width),
            weight,
            new Plane(map, 0, original.height(), original.width()));
      }
      if (scale == scales - 1) {
        return;
      }
      float[] halfA = scratch.pyramid(0, scale);
      float[] halfB = scratch.pyramid(1, scale);
      halve(a, height, width, halfA);
      halve(b, height, width, halfB);
      a = halfA;
      b = halfB;
      height /= 2;
      width /= 2;
    }
  }

  /** Returns the largest number of scales that images of a size have room for. */
  static int mostScales(int height, int width) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.min(height, width));
  }

  private static void requireRoom(int height, int width, int scales) {
    if (height >> (scales - 1) == 0 || width >> (scales - 1) == 0) {
      throw new IllegalArgumentException(
          "an image of %d x %d is too small for %d scales".formatted(height, width, scales));
    }
  }

  /** Averages 2 x 2 pixels of three planes; an odd last row or column is dropped. */
  private static void halve(float[] in, int height, int width, float[] out) {
    int halfHeight = height / 2;
    int halfWidth = width / 2;
    for (int c = 0; c < 3; c++) {
      for (int r = 0; r < halfHeight; r++) {
        int top = (c * height + 2 * r) * width;
        int to = (c * halfHeight + r) * halfWidth;
        for (int x = 0; x < halfWidth; x++) {
          int i = top + 2 * x;
          out[to + x] = (in[i] + in[i + 1] + in[i + width] + in[i + width + 1]) * 0.25f;
        }
      }
    }
  }

  /** The rows of both images that are compared at a time, for one width. */
  static final class Rows {
    private final int width;
    private final PrewittRows original;
    private final PrewittRows restored;
    private final float[] dissimilarity;

    Rows(int width) {
      this.width = width;
      this.original = new PrewittRows(width);
      this.restored = new PrewittRows(width);
      this.dissimilarity = new float[width];
    }

    /**
     * Adds one channel's {@code 1 - GMS} to a plane.
     *
     * @param a the original's channels
     * @param b the restoration's channels
     * @param offset where the channel begins in both
     * @param sum {@code float[height][width]}
     */
    void addDissimilarity(float[] a, float[] b, int offset, int height, float[] sum) {
      original.start(a, offset);
      restored.start(b, offset);
      for (int r = 0; r < height; r++) {
        int below = r == height - 1 ? -1 : offset + (r + 1) * width;
        float[] squaresA = original.next(a, below, EPSILON);
        float[] squaresB = restored.next(b, below, EPSILON);
        compare(squaresA, squaresB, dissimilarity, width);
        for (int c = 0, to = r * width; c < width; c++) {
          sum[to + c] += dissimilarity[c];
        }
      }
    }
  }

  /**
   * Computes {@code 1 - GMS} of a row. With m1, m2 the magnitudes, {@code 1 - (2 m1 m2 + c) / (m1^2
   * + m2^2 + c + e)} equals {@code ((m1 - m2)^2 + e) / (m1^2 + m2^2 + c + e)}, which does not
   * cancel where the images agree.
   */
  private static void compare(float[] squaresA, float[] squaresB, float[] out, int width) {
    for (int c = 0; c < width; c++) {
      float difference = (float) Math.sqrt(squaresA[c]) - (float) Math.sqrt(squaresB[c]);
      out[c] = (difference * difference + EPSILON) / (squaresA[c] + squaresB[c] + (C + EPSILON));
    }
  }
}
