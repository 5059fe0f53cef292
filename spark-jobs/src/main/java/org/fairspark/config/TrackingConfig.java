package org.fairspark.config;

import java.util.Objects;

/**
 * {@code tracking.*}: where else results are told.
 *
 * @param mlflow an MLflow server
 * @param openlineage a server that collects OpenLineage events
 */
public record TrackingConfig(MlflowConfig mlflow, OpenLineageConfig openlineage) {

  public TrackingConfig {
    Objects.requireNonNull(mlflow, "mlflow");
    Objects.requireNonNull(openlineage, "openlineage");
  }

  /** A server's address as these settings take it: what manifests show holds no password. */
  static boolean isAddress(String text) {
    return text.matches("https?://[^/@\\s]+(/[^@\\s]*)?");
  }
}
