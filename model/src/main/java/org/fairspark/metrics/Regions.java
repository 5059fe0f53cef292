package org.fairspark.metrics;

import java.util.Arrays;

/** The 8-connected regions of a mask, numbered from 1 in the order of their first pixels. */
public final class Regions {
  private final int width;
  private final int[] labels;
  private final int[] areas;

  private Regions(int width, int[] labels, int[] areas) {
    this.width = width;
    this.labels = labels;
    this.areas = areas;
  }

  /** Labels the regions of all pixels above zero. */
  public static Regions label(byte[] mask, int height, int width) {
    return label(mask, height, width, 1);
  }

  /**
   * Labels the regions of all pixels that reach a level.
   *
   * @param mask {@code uint8[height][width]}
   * @param level the smallest value, 1..255, that belongs to a region
   * @throws IllegalArgumentException if the array's length does not fit
   */
  public static Regions label(byte[] mask, int height, int width, int level) {
    if (mask.length != Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          "a mask of %d x %d has %d pixels, got %d"
              .formatted(height, width, height * width, mask.length));
    }
    int[] labels = new int[mask.length];
    int[] parents = new int[16];
    int provisional = 0;
    for (int r = 0; r < height; r++) {
      int row = r * width;
      for (int c = 0; c < width; c++) {
        int p = row + c;
        if ((mask[p] & 0xFF) < level) {
          continue;
        }
        int above = r == 0 ? 0 : labels[p - width];
        int label = above;
        if (label == 0) {
          // The pixel above touches all others; without it, left ones may meet the upper right.
          int left = c == 0 ? 0 : labels[p - 1];
          int upperLeft = r == 0 || c == 0 ? 0 : labels[p - width - 1];
          int upperRight = r == 0 || c == width - 1 ? 0 : labels[p - width + 1];
          label = left != 0 ? left : upperLeft;
          if (label == 0) {
            label = upperRight;
          } else if (upperRight != 0) {
            label = unite(parents, label, upperRight);
          }
        }
        if (label == 0) {
          label = ++provisional;
          if (label == parents.length) {
            parents = Arrays.copyOf(parents, 2 * label);
          }
          parents[label] = label;
        }
        labels[p] = label;
      }
    }
    return number(labels, parents, provisional, width);
  }

  private static int unite(int[] parents, int a, int b) {
    int rootA = root(parents, a);
    int rootB = root(parents, b);
    int root = Math.min(rootA, rootB);
    parents[rootA] = root;
    parents[rootB] = root;
    return root;
  }

  private static int root(int[] parents, int label) {
    int root = label;
    while (parents[root] != root) {
      root = parents[root];
    }
    while (parents[label] != root) {
      int next = parents[label];
      parents[label] = root;
      label = next;
    }
    return root;
  }

  private static Regions number(int[] labels, int[] parents, int provisional, int width) {
    // A root is the smallest label of its region, so that numbers follow the first pixels.
    int[] numbers = new int[provisional + 1];
    int count = 0;
    for (int label = 1; label <= provisional; label++) {
      int root = root(parents, label);
      numbers[label] = root == label ? ++count : numbers[root];
    }
    int[] areas = new int[count + 1];
    for (int p = 0; p < labels.length; p++) {
      if (labels[p] != 0) {
        labels[p] = numbers[labels[p]];
        areas[labels[p]]++;
      }
    }
    return new Regions(width, labels, areas);
  }

  /** Returns the number of regions. */
  public int count() {
    return areas.length - 1;
  }

  /** Returns {@code int[H][W]}: 0 outside all regions, else the region's number; not a copy. */
  public int[] labels() {
    return labels;
  }

  /**
   * Returns the number of a region's pixels.
   *
   * @param region 1..count
   */
  public int area(int region) {
    return areas[region];
  }

  /** Returns the number of pixels of all regions together. */
  public long area() {
    return Arrays.stream(areas).asLongStream().sum();
  }

  /** Returns the bounding boxes, region 1 first. */
  public Box[] boxes() {
    int[] top = new int[areas.length];
    int[] left = new int[areas.length];
    int[] bottom = new int[areas.length];
    int[] right = new int[areas.length];
    Arrays.fill(left, Integer.MAX_VALUE);
    Arrays.fill(top, -1);
    for (int p = 0; p < labels.length; p++) {
      int region = labels[p];
      if (region != 0) {
        int row = p / width;
        int column = p - row * width;
        top[region] = top[region] < 0 ? row : top[region];
        bottom[region] = row;
        left[region] = Math.min(left[region], column);
        right[region] = Math.max(right[region], column);
      }
    }
    Box[] boxes = new Box[count()];
    for (int region = 1; region < areas.length; region++) {
      boxes[region - 1] =
          new Box(
              top[region],
              left[region],
              bottom[region] - top[region] + 1,
              right[region] - left[region] + 1);
    }
    return boxes;
  }

  /**
   * A rectangle of pixels.
   *
   * @param row its first, from the top, 0-based
   * @param column its first, from the left, 0-based
   * @param height in pixels
   * @param width in pixels
   */
  public record Box(int row, int column, int height, int width) {}
}
