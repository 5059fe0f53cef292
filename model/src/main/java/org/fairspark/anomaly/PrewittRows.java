package org.fairspark.anomaly;

import java.util.Arrays;

/**
 * The squared gradient magnitudes of a plane, row after row, by Prewitt's kernels with zeros
 * outside the plane.
 *
 * <p>Every loop reads and writes its arrays at one common index; rows are copied with a shift to
 * make neighbours share it. HotSpot (17) vectorizes such loops, but none that also read the next
 * element: together a factor of four.
 */
final class PrewittRows {
  private static final float THIRD = 1 / 3f;

  private final int width;
  private float[] up;
  private float[] middle;
  private float[] down;
  private final float[] sum;
  private final float[] sumLeft;
  private final float[] sumRight;
  private final float[] difference;
  private final float[] differenceLeft;
  private final float[] differenceRight;
  private final float[] squares;

  PrewittRows(int width) {
    this.width = width;
    this.up = new float[width];
    this.middle = new float[width];
    this.down = new float[width];
    this.sum = new float[width];
    this.sumLeft = new float[width];
    this.sumRight = new float[width];
    this.difference = new float[width];
    this.differenceLeft = new float[width];
    this.differenceRight = new float[width];
    this.squares = new float[width];
  }

  /** Starts above a plane's first row. */
  void start(float[] planes, int offset) {
    Arrays.fill(middle, 0);
    System.arraycopy(planes, offset, down, 0, width);
  }

  /**
   * Moves to the next row.
   *
   * @param below index of the first value of the row below it, or -1 for the last row
   * @param epsilon added to each square
   * @return {@code gx^2 + gy^2 + epsilon} for each column; overwritten by the next call
   */
  float[] next(float[] planes, int below, float epsilon) {
    float[] reused = up;
    up = middle;
    middle = down;
    down = reused;
    if (below < 0) {
      Arrays.fill(down, 0);
    } else {
      System.arraycopy(planes, below, down, 0, width);
    }
    addVertically();
    shift(sum, sumLeft, sumRight);
    shift(difference, differenceLeft, differenceRight);
    square(epsilon);
    return squares;
  }

  // Local variables for the fields: with fields the loops are not vectorized.

  private void addVertically() {
    float[] above = up;
    float[] here = middle;
    float[] below = down;
    float[] sums = sum;
    float[] differences = difference;
    for (int c = 0; c < width; c++) {
      sums[c] = above[c] + here[c] + below[c];
    }
    for (int c = 0; c < width; c++) {
      differences[c] = above[c] - below[c];
    }
  }

  private void square(float epsilon) {
    float[] left = sumLeft;
    float[] right = sumRight;
    float[] upperLeft = differenceLeft;
    float[] upper = difference;
    float[] upperRight = differenceRight;
    float[] out = squares;
    for (int c = 0; c < width; c++) {
      float x = (left[c] - right[c]) * THIRD;
      float y = (upperLeft[c] + upper[c] + upperRight[c]) * THIRD;
      out[c] = x * x + y * y + epsilon;
    }
  }

  /** Copies the left and right neighbours of each column; their outer ends stay zero. */
  private void shift(float[] row, float[] left, float[] right) {
    System.arraycopy(row, 0, left, 1, width - 1);
    System.arraycopy(row, 1, right, 0, width - 1);
  }
}
