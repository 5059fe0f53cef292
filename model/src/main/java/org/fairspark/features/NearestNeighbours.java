package org.fairspark.features;

import java.util.Arrays;

/** The nearest of many vectors to each of some others, found exactly. */
public final class NearestNeighbours {
  private final VectorBlocks blocks;

  /** Prepares vectors to be searched. */
  public NearestNeighbours(Vectors vectors) {
    this.blocks = new VectorBlocks(vectors);
  }

  /**
   * The neighbours of one vector, the nearest first; of equally near ones the first in order.
   *
   * @param indexes in the vectors searched
   * @param distances Euclidean
   */
  public record Neighbours(int[] indexes, float[] distances) {}

  /**
   * Finds the nearest vectors.
   *
   * @param vector array that holds the vector
   * @param from its first number in the array
   * @param k how many; all if there are fewer
   */
  public Neighbours nearest(float[] vector, int from, int k) {
    int found = Math.min(k, blocks.count());
    int[] indexes = new int[found];
    float[] squared = new float[found];
    Arrays.fill(squared, Float.POSITIVE_INFINITY);
    float[] distances = new float[VectorBlocks.BLOCK];
    for (int b = 0; b < blocks.blocks(); b++) {
      blocks.squaredDistances(vector, from, b, distances);
      int size = blocks.size(b);
      for (int i = 0; i < size; i++) {
        if (distances[i] < squared[found - 1]) {
          insert(indexes, squared, b * VectorBlocks.BLOCK + i, distances[i]);
        }
      }
    }
    for (int i = 0; i < found; i++) {
      squared[i] = (float) Math.sqrt(squared[i]);
    }
    return new Neighbours(indexes, squared);
  }

  private static void insert(int[] indexes, float[] squared, int index, float distance) {
    int at = squared.length - 1;
    while (at > 0 && squared[at - 1] > distance) {
      squared[at] = squared[at - 1];
      indexes[at] = indexes[at - 1];
      at--;
    }
    squared[at] = distance;
    indexes[at] = index;
  }
}
