package org.fairspark.config;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code tracking.openlineage.*}.
 *
 * @param url that events are posted to; none posts none
 * @param namespace of the jobs in these events
 */
public record OpenLineageConfig(@Absent("none") Optional<String> url, String namespace) {

  public OpenLineageConfig {
    Objects.requireNonNull(namespace, "namespace");
    new Checks()
        .require(
            url.isEmpty() || TrackingConfig.isAddress(url.get()),
            "tracking.openlineage.url",
            url.orElse(""),
            "must be a whole address such as http://HOST:5000/api/v1/lineage; a key stands in the"
                + " environment (OPENLINEAGE_API_KEY)")
        .require(
            !namespace.isBlank(), "tracking.openlineage.namespace", namespace, "must be a name")
        .done();
  }
}
