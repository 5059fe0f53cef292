package org.fairspark.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;

/**
 * Metrics over repetitions.
 *
 * @param spreads one entry per metric
 */
public record MetricSpreads(Map<Metric, Spread> spreads) {
  public MetricSpreads {
    if (spreads.size() != Metric.values().length) {
      throw new IllegalArgumentException("every metric needs an entry, got " + spreads.keySet());
    }
    spreads = Collections.unmodifiableMap(new EnumMap<>(spreads));
  }

  /** Returns the spreads that a function gives for each metric. */
  public static MetricSpreads of(Function<Metric, Spread> spread) {
    Map<Metric, Spread> spreads = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      spreads.put(metric, spread.apply(metric));
    }
    return new MetricSpreads(spreads);
  }

  /**
   * Returns the spreads over repetitions.
   *
   * @param repetitions the values of each; what is not defined is left out
   */
  public static MetricSpreads over(List<MetricValues> repetitions) {
    return of(metric -> Spread.over(repetitions.stream().map(v -> v.get(metric)).toList()));
  }

  /** Returns spreads that are all not defined for the same reason. */
  public static MetricSpreads undefined(String reason) {
    return of(metric -> Spread.undefined(reason));
  }

  /** Returns the spread of one metric. */
  public Spread get(Metric metric) {
    return spreads.get(metric);
  }
}
