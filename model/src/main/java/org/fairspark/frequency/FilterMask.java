package org.fairspark.frequency;

import org.fairspark.cache.ProcessCache;

/**
 * The values of a filter's transfer function over the half spectrum of one image size, in the order
 * in which {@link FourierPlan} visits it: {@code double[W/2 + 1][H]}, column frequency by column
 * frequency, zero frequency first. A mask is computed once per filter and size and shared by all
 * threads.
 */
final class FilterMask {
  /**
   * Masks that are kept beside the one in use: sweeps use a dozen filters at one or two sizes, and
   * a mask of 1024 x 1024 takes 4 MB.
   */
  private static final int MAX_OTHERS = 15;

  private static final ProcessCache<Key, double[]> MASKS = ProcessCache.ofCount(MAX_OTHERS);

  private record Key(FrequencyFilter filter, int height, int width) {}

  private FilterMask() {}

  /** Returns the mask; not a copy. */
  static double[] of(FrequencyFilter filter, int height, int width) {
    return MASKS.get(new Key(filter, height, width), FilterMask::make);
  }

  private static double[] make(Key key) {
    double[] mask = new double[(key.width / 2 + 1) * key.height];
    for (int u = 0, at = 0; u <= key.width / 2; u++) {
      for (int v = 0; v < key.height; v++) {
        int row = Math.min(v, key.height - v);
        mask[at++] = key.filter.gain(distance(row, u));
      }
    }
    return mask;
  }

  /** Returns the distance from the zero frequency, correctly rounded. */
  static double distance(int row, int column) {
    return Math.sqrt((double) row * row + (double) column * column);
  }
}
