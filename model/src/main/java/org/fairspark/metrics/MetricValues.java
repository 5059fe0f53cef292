package org.fairspark.metrics;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A value, or the reason why there is none, for each {@link Metric}.
 *
 * @param areas one entry per metric
 */
public record MetricValues(Map<Metric, Area> areas) implements Serializable {
  public MetricValues {
    if (areas.size() != Metric.values().length) {
      throw new IllegalArgumentException("every metric needs an entry, got " + areas.keySet());
    }
    areas = Collections.unmodifiableMap(new EnumMap<>(areas));
  }

  /** Returns the values that a function, best a {@code switch}, gives for each metric. */
  public static MetricValues of(Function<Metric, Area> value) {
    Map<Metric, Area> areas = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      areas.put(metric, value.apply(metric));
    }
    return new MetricValues(areas);
  }

  /** Returns {@link Area#mean} of each metric over categories. */
  public static MetricValues mean(Collection<MetricValues> categories) {
    return of(
        metric -> Area.mean(categories.stream().map(c -> c.get(metric)).toList(), metric.key()));
  }

  /** Returns the value of one metric. */
  public Area get(Metric metric) {
    return areas.get(metric);
  }
}
