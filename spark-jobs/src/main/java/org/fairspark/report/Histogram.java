package org.fairspark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Numbers of normal and of anomalous images by score, in bins of equal width.
 *
 * @param low lower edge of the first bin
 * @param high upper edge of the last bin
 * @param normal normal images in each bin
 * @param anomalous anomalous images in each bin; as many bins
 */
public record Histogram(double low, double high, List<Long> normal, List<Long> anomalous) {

  public Histogram {
    normal = List.copyOf(normal);
    anomalous = List.copyOf(anomalous);
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw new IllegalArgumentException(
          "a histogram needs finite edges low < high, got %s and %s".formatted(low, high));
    }
    if (normal.isEmpty() || normal.size() != anomalous.size()) {
      throw new IllegalArgumentException(
          "a histogram needs as many bins for normal as for anomalous images, got %d and %d"
              .formatted(normal.size(), anomalous.size()));
    }
  }

  /**
   * Counts scores in bins from the lowest to the highest.
   *
   * @throws IllegalArgumentException if there is no score at all
   */
  public static Histogram of(double[] normal, double[] anomalous, int bins) {
    double low =
        DoubleStream.concat(Arrays.stream(normal), Arrays.stream(anomalous))
            .min()
            .orElseThrow(
                () -> new IllegalArgumentException("a histogram needs at least one score"));
    double high =
        DoubleStream.concat(Arrays.stream(normal), Arrays.stream(anomalous)).max().getAsDouble();
    if (low == high) {
      double margin = Math.max(Math.abs(low) * 0.5, 1e-6);
      low -= margin;
      high += margin;
    }
    return new Histogram(
        low, high, count(normal, low, high, bins), count(anomalous, low, high, bins));
  }

  private static List<Long> count(double[] scores, double low, double high, int bins) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(bins, 0L));
    for (double score : scores) {
      int bin = (int) Math.min(bins - 1, Math.floor((score - low) / (high - low) * bins));
      counts.set(bin, counts.get(bin) + 1);
    }
    return counts;
  }

  long normalImages() {
    return normal.stream().mapToLong(Long::longValue).sum();
  }

  long anomalousImages() {
    return anomalous.stream().mapToLong(Long::longValue).sum();
  }
}
