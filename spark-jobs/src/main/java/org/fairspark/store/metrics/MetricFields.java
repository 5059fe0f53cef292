package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;

/**
 * Metrics as fields of a JSON object: a number, or null and beside it {@code NAME_not_defined} with
 * the reason, since JSON has no NaN.
 */
public final class MetricFields {
  private static final String REASON = "_not_defined";
  private static final String BECAUSE = "because ";

  private MetricFields() {}

  /** Adds a field for each metric. */
  public static void put(ObjectNode fields, MetricValues values) {
    values.areas().forEach((metric, area) -> put(fields, metric.key(), area));
  }

  /** Reads the field of each metric; the bounds are not in it. */
  public static MetricValues get(JsonNode fields) {
    return MetricValues.of(metric -> get(fields, metric.key(), 0));
  }

  static void put(ObjectNode fields, String name, Area area) {
    if (area instanceof Area.NotDefined reason) {
      fields.putNull(name);
      fields.put(name + REASON, BECAUSE + reason.because());
    } else {
      fields.put(name, area.value().orElseThrow());
    }
  }

  static void put(ObjectNode fields, Metric metric, MetricValues values) {
    put(fields, metric.key(), values.get(metric));
  }

  static Area get(JsonNode fields, String name, double halfWidth) {
    JsonNode value = fields.path(name);
    if (value.isNumber()) {
      return Area.of(value.asDouble(), halfWidth);
    }
    String reason = fields.path(name + REASON).asText(BECAUSE + "it was not measured");
    return Area.notDefined(
        reason.startsWith(BECAUSE) ? reason.substring(BECAUSE.length()) : reason);
  }
}
