package org.fairspark.inspection;

import java.util.Arrays;

/**
 * The area opening of a map (Vincent, Mathematical Morphology and its Applications, 1993): each
 * value falls to the highest level at which it is part of an 8-connected region of at least so many
 * pixels. Above any level there is then no smaller region, so that one threshold holds for all.
 */
final class AreaOpening {
  private AreaOpening() {}

  /**
   * Opens a map in place.
   *
   * @param values {@code float[H][W]}, 0 or more
   * @param area least number of pixels of a region
   */
  static void open(float[] values, int width, int area) {
    int height = values.length / width;
    int[] order = falling(values);
    int[] parent = new int[values.length];
    int[] size = new int[values.length];
    Arrays.fill(parent, -1);
    for (int p : order) {
      parent[p] = p;
      size[p] = 1;
      int row = p / width;
      int column = p - row * width;
      for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
        for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          int q = r * width + c;
          if (parent[q] < 0 || q == p) {
            continue;
          }
          int root = root(parent, q);
          if (root == p) {
            continue;
          }
          // A region that is large enough keeps its height; a smaller one sinks to this level.
          if (size[root] < area || values[root] == values[p]) {
            size[p] += size[root];
            parent[root] = p;
          } else {
            size[p] = area;
          }
        }
      }
    }
    for (int i = order.length - 1; i >= 0; i--) {
      int p = order[i];
      if (parent[p] != p) {
        values[p] = values[parent[p]];
      }
    }
  }

  private static int root(int[] parent, int p) {
    int root = p;
    while (parent[root] != root) {
      root = parent[root];
    }
    while (parent[p] != root) {
      int next = parent[p];
      parent[p] = root;
      p = next;
    }
    return root;
  }

  /** Returns the pixels by falling value. */
  private static int[] falling(float[] values) {
    long[] keys = new long[values.length];
    for (int p = 0; p < values.length; p++) {
      // Values are not negative: their bits are in their order.
      keys[p] = (long) Float.floatToRawIntBits(values[p] + 0f) << 32 | (values.length - 1 - p);
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[keys.length - 1 - i] = values.length - 1 - (int) keys[i];
    }
    return order;
  }
}
