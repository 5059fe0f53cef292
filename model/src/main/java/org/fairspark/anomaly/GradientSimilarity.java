package org.fairspark.anomaly;

import java.util.Arrays;
import org.fairspark.image.FloatImage;

/**
 * Gradient magnitude similarity (GMS) over an image pyramid, as the reference code computes it:
 * Prewitt gradients with zero padding, so that both images show the same strong edge along the
 * border.
 */
public final class GradientSimilarity {
  /** The constant c for images in [0,1] (reference code). */
  private static final float C = 0.0026f;

  private static final float EPSILON = 1e-12f;

  private GradientSimilarity() {}

  /**
   * The similarity of each channel at one scale.
   *
   * @param scale 0 for full size, 1 for half, ..
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
      addPlane(a, b, c * plane.length, height, width, rows, plane);
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
    float share = 1f / (3 * scales);
    float[] a = original.values();
    float[] b = restored.values();
    for (int scale = 0; ; scale++) {
      float[] sum = scratch.sum();
      Arrays.fill(sum, 0, height * width, 0);
      for (int c = 0; c < 3; c++) {
        addPlane(a, b, c * height * width, height, width, scratch.rows(), sum);
      }
      if (scale == 0) {
        for (int p = 0; p < map.length; p++) {
          map[p] += share * sum[p];
        }
      } else {
        BilinearUpsampling.add(
            sum, 0, height, width, share, map, 0, original.height(), original.width());
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

  private static void requireRoom(int height, int width, int scales) {
    if (height >> (scales - 1) == 0 || width >> (scales - 1) == 0) {
      throw new IllegalArgumentException(
          "an image of %d x %d is too small for %d scales".formatted(height, width, scales));
    }
  }

  /** Means of 2 x 2 pixels of three planes; an odd last row or column is dropped. */
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

  /** Sums of a column's three pixels and differences of its outer two, for both images. */
  static final class Rows {
    private final float[] sumA;
    private final float[] differenceA;
    private final float[] sumB;
    private final float[] differenceB;
    private final float[] zeros;

    Rows(int width) {
      this.sumA = new float[width + 2];
      this.differenceA = new float[width + 2];
      this.sumB = new float[width + 2];
      this.differenceB = new float[width + 2];
      this.zeros = new float[width];
    }
  }

  /**
   * Adds one channel's {@code 1 - GMS} to a plane. With m1, m2 the magnitudes, {@code 1 - (2 m1 m2
   * + c) / (m1^2 + m2^2 + c + e)} is {@code ((m1 - m2)^2 + e) / (m1^2 + m2^2 + c + e)}, which does
   * not cancel where the images agree.
   */
  private static void addPlane(
      float[] a, float[] b, int offset, int height, int width, Rows rows, float[] sum) {
    for (int r = 0; r < height; r++) {
      int at = offset + r * width;
      verticals(a, at, r, height, width, rows, rows.sumA, rows.differenceA);
      verticals(b, at, r, height, width, rows, rows.sumB, rows.differenceB);
      magnitudes(rows, width, sum, r * width);
    }
  }

  private static void verticals(
      float[] plane,
      int at,
      int row,
      int height,
      int width,
      Rows rows,
      float[] sum,
      float[] difference) {
    float[] above = row == 0 ? rows.zeros : plane;
    float[] below = row == height - 1 ? rows.zeros : plane;
    int aboveAt = row == 0 ? 0 : at - width;
    int belowAt = row == height - 1 ? 0 : at + width;
    for (int c = 0; c < width; c++) {
      float up = above[aboveAt + c];
      float down = below[belowAt + c];
      sum[c + 1] = up + plane[at + c] + down;
      difference[c + 1] = up - down;
    }
    sum[width + 1] = 0;
    difference[width + 1] = 0;
  }

  private static void magnitudes(Rows rows, int width, float[] sum, int at) {
    float[] sumA = rows.sumA;
    float[] sumB = rows.sumB;
    float[] differenceA = rows.differenceA;
    float[] differenceB = rows.differenceB;
    for (int c = 0; c < width; c++) {
      float xA = (sumA[c] - sumA[c + 2]) * (1 / 3f);
      float yA = (differenceA[c] + differenceA[c + 1] + differenceA[c + 2]) * (1 / 3f);
      float xB = (sumB[c] - sumB[c + 2]) * (1 / 3f);
      float yB = (differenceB[c] + differenceB[c + 1] + differenceB[c + 2]) * (1 / 3f);
      float squareA = xA * xA + yA * yA + EPSILON;
      float squareB = xB * xB + yB * yB + EPSILON;
      float difference = (float) Math.sqrt(squareA) - (float) Math.sqrt(squareB);
      sum[at + c] += (difference * difference + EPSILON) / (squareA + squareB + C + EPSILON);
    }
  }
}
