package org.fairspark.frequency;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of a filter's transfer function over the half spectrum of one image size, in the order
 * in which {@link FourierPlan} visits it: {@code double[W/2 + 1][H]}, column frequency by column
 * frequency, zero frequency first. A mask is computed once per filter and size and shared by all
 * threads.
 */
final class FilterMask {
  /** Sweeps use a dozen filters at one or two sizes; a mask of 1024 x 1024 takes 4 MB. */
  private static final int KEPT = 16;

  private static final Map<Key, double[]> MASKS =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, double[]> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(FrequencyFilter filter, int height, int width) {}

  private FilterMask() {}

  /** Returns the mask; not a copy. */
  static double[] of(FrequencyFilter filter, int height, int width) {
    Key key = new Key(filter, height, width);
    synchronized (MASKS) {
      return MASKS.computeIfAbsent(key, FilterMask::make);
    }
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
