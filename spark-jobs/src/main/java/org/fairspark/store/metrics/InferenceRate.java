package org.fairspark.store.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.Optional;
import org.fairspark.store.table.TableManifest;
import org.fairspark.text.Json;

/**
 * A rate at which test images were inspected in one task: extractor, network and anomaly map.
 * Measured while maps are made and kept in the manifest of {@code maps/}.
 *
 * @param imagesPerSecond 0 where no image was timed
 * @param cores of the task
 * @param gpu whether the task had one
 */
public record InferenceRate(
    @JsonProperty("images_per_second") double imagesPerSecond, int cores, boolean gpu) {
  private static final String KEY = "inference";

  /** Returns the rate as a detail of the manifest of {@code maps/}. */
  public Map<String, Object> details() {
    return Map.of(KEY, Json.convert(this, new TypeReference<Map<String, Object>>() {}));
  }

  /** Returns the rate that a manifest of {@code maps/} holds, if it does. */
  public static Optional<InferenceRate> of(TableManifest maps) {
    return Optional.ofNullable(maps.details().get(KEY))
        .map(rate -> Json.convert(rate, InferenceRate.class));
  }
}
