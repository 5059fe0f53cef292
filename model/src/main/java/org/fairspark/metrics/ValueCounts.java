package org.fairspark.metrics;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of non-negative values, told apart to one part in 128; mergeable, in memory that does not
 * grow with the number of values. Not thread-safe.
 */
public final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** Bits of a float that are dropped; seven of its fraction remain. */
  private static final int DROPPED = 16;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  /**
   * Counts a value.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void add(float value) {
    add(value, 1);
  }

  /**
   * Counts a value several times.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void add(float value, long times) {
    if (!(value >= 0 && Float.isFinite(value))) {
      throw new IllegalArgumentException("values are finite and not negative, got " + value);
    }
    counts.merge(Float.floatToIntBits(Math.abs(value)) >> DROPPED, times, Long::sum);
  }

  /** Adds the values of another count. */
  public void merge(ValueCounts other) {
    other.counts.forEach((key, n) -> counts.merge(key, n, Long::sum));
  }

  /** Returns the number of values. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the lower one of the values in the middle, as far as it is told; 0 of no values. */
  public float median() {
    long left = (count() + 1) / 2;
    for (var entry : counts.entrySet()) {
      left -= entry.getValue();
      if (left <= 0) {
        return value(entry.getKey());
      }
    }
    return 0;
  }

  /** Returns the numbers of values by value, as far as it is told; {@link #add} takes them back. */
  public SortedMap<Float, Long> byValue() {
    SortedMap<Float, Long> byValue = new TreeMap<>();
    counts.forEach((key, n) -> byValue.put(value(key), n));
    return byValue;
  }

  /** Returns the counts by keys in the order of values. */
  SortedMap<Integer, Long> byKey() {
    return Collections.unmodifiableSortedMap(counts);
  }

  private static float value(int key) {
    return Float.intBitsToFloat(key << DROPPED);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueCounts values && counts.equals(values.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }
}
