package org.fairspark.scoring;

/** The value at a rank, found without sorting all of them (Hoare's selection). */
final class OrderStatistic {
  private OrderStatistic() {}

  /**
   * Returns the value at a rank.
   *
   * @param values left as they are; a NaN counts as the highest
   * @param rank in rising order, from 0
   */
  static float of(float[] values, int rank) {
    if (rank < 0 || rank >= values.length) {
      throw new IllegalArgumentException(
          "a rank of %d values is from 0, got %d".formatted(values.length, rank));
    }
    float[] v = values.clone();
    int low = 0;
    int high = v.length - 1;
    while (low < high) {
      float pivot = middle(v[low], v[(low + high) >>> 1], v[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (Float.compare(v[i], pivot) < 0) {
          i++;
        }
        while (Float.compare(v[j], pivot) > 0) {
          j--;
        }
        if (i <= j) {
          float swapped = v[i];
          v[i++] = v[j];
          v[j--] = swapped;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        break;
      }
    }
    return v[rank];
  }

  private static float middle(float a, float b, float c) {
    float low = Float.compare(a, b) < 0 ? a : b;
    float high = Float.compare(a, b) < 0 ? b : a;
    return Float.compare(c, low) < 0 ? low : Float.compare(c, high) > 0 ? high : c;
  }
}
