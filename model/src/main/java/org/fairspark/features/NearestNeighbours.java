package org.fairspark.features;

import java.util.Arrays;

/**
 * The nearest of many vectors to each of some others, found exactly: all are compared, each as far
 * as it may still be among the nearest.
 *
 * @param vectors that are searched
 */
public record NearestNeighbours(Vectors vectors) {

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
    int found = Math.min(k, vectors.count());
    int[] indexes = new int[found];
    float[] squared = new float[found];
    Arrays.fill(squared, Float.POSITIVE_INFINITY);
    for (int i = 0; i < vectors.count(); i++) {
      float distance = squaredDistance(vector, from, i, squared[found - 1]);
      if (distance < squared[found - 1]) {
        insert(indexes, squared, i, distance);
      }
    }
    for (int i = 0; i < found; i++) {
      squared[i] = (float) Math.sqrt(squared[i]);
    }
    return new Neighbours(indexes, squared);
  }

  /**
   * Finds the nearest vector, sooner where a near one is known: that of the patch beside it.
   *
   * @param vector array that holds the vector
   * @param from its first number in the array
   * @param guess index of a vector that may be near; decides nothing but the time
   */
  public Neighbours nearestFrom(float[] vector, int from, int guess) {
    int index = guess;
    float least = squaredDistance(vector, from, guess, Float.POSITIVE_INFINITY);
    for (int i = 0; i < vectors.count(); i++) {
      float distance = squaredDistance(vector, from, i, least);
      if (distance < least || (distance == least && i < index)) {
        least = distance;
        index = i;
      }
    }
    return new Neighbours(new int[] {index}, new float[] {(float) Math.sqrt(least)});
  }

  private float squaredDistance(float[] vector, int from, int index, float limit) {
    int dimension = vectors.dimension();
    return SquaredDistance.within(
        vector, from, vectors.values(), index * dimension, dimension, limit);
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
