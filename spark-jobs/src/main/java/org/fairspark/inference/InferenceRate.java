package org.fairspark.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.SparkConf;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.table.Table;

/**
 * How fast test images were inspected: extractor, network and anomaly map in one task. Measured
 * while maps are made and kept in their manifest.
 */
public final class InferenceRate {
  private static final String KEY = "inference";

  private InferenceRate() {}

  /** For the manifest of {@code maps/}. */
  public static Map<String, Object> details(InferenceTimer clock, SparkConf conf) {
    Map<String, Object> rate = new LinkedHashMap<>();
    rate.put("images_per_second", clock.imagesPerSecond());
    rate.put("cores", conf.getInt("spark.task.cpus", 1));
    rate.put("gpu", GpuStages.available(conf));
    return Map.of(KEY, rate);
  }

  /** What was measured when the maps were made, for {@code metrics.json}. */
  public static Object of(Table maps) {
    return maps.manifest().details().getOrDefault(KEY, Map.of());
  }

  /** Images a second by {@code metrics.json}. */
  public static OptionalDouble of(JsonNode metrics) {
    double rate = metrics.path(KEY).path("images_per_second").asDouble(0);
    return rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }
}
