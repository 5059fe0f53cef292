package org.fairspark.frequency;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean and deviation over images of a value between -1 and 1, for every whole distance from the
 * zero frequency. Sums are fixed-point numbers of 60 fractional bits, kept in two halves that
 * cannot overflow, so that merged parts equal the whole to the last bit in any order.
 */
final class RadialMean implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double UNIT = 0x1.0p60;
  private static final int HALF_BITS = 32;
  private static final long HALF = (1L << HALF_BITS) - 1;

  private long[] counts = new long[0];
  private long[] high = new long[0];
  private long[] low = new long[0];
  private long[] squareHigh = new long[0];
  private long[] squareLow = new long[0];

  void add(int distance, double value) {
    makeRoom(distance + 1);
    long fixed = (long) (value * UNIT);
    long square = (long) (value * value * UNIT);
    counts[distance]++;
    high[distance] += fixed >> HALF_BITS;
    low[distance] += fixed & HALF;
    squareHigh[distance] += square >> HALF_BITS;
    squareLow[distance] += square & HALF;
  }

  void merge(RadialMean other) {
    makeRoom(other.counts.length);
    for (int d = 0; d < other.counts.length; d++) {
      counts[d] += other.counts[d];
      high[d] += other.high[d];
      low[d] += other.low[d];
      squareHigh[d] += other.squareHigh[d];
      squareLow[d] += other.squareLow[d];
    }
  }

  private void makeRoom(int distances) {
    if (distances > counts.length) {
      counts = Arrays.copyOf(counts, distances);
      high = Arrays.copyOf(high, distances);
      low = Arrays.copyOf(low, distances);
      squareHigh = Arrays.copyOf(squareHigh, distances);
      squareLow = Arrays.copyOf(squareLow, distances);
    }
  }

  /** Returns the distances that any image had, nearest first. */
  List<RadialPoint> curve() {
    List<RadialPoint> curve = new ArrayList<>();
    for (int d = 0; d < counts.length; d++) {
      if (counts[d] > 0) {
        double mean = sum(high[d], low[d]) / counts[d];
        double square = sum(squareHigh[d], squareLow[d]) / counts[d];
        double deviation = Math.sqrt(Math.max(0, square - mean * mean));
        curve.add(new RadialPoint(d, mean, deviation, counts[d]));
      }
    }
    return curve;
  }

  private static double sum(long high, long low) {
    return (high * (HALF + 1.0) + low) / UNIT;
  }
}
