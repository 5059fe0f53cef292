package org.fairspark.config;

import java.util.Objects;

/**
 * {@code method.*}.
 *
 * @param kind the name of the method that detects anomalies
 */
public record MethodConfig(@MethodName String kind) {
  public MethodConfig {
    Objects.requireNonNull(kind, "kind");
  }
}
