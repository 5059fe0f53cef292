package org.fairspark.config;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code tracking.mlflow.*}.
 *
 * @param uri of the server; none tells no server
 * @param experiment that runs are listed under
 * @param registeredModel first part of the names that models are registered by, the second being
 *     the category; none registers no model
 */
public record MlflowConfig(
    @Absent("none") Optional<String> uri,
    String experiment,
    @Absent("none") Optional<String> registeredModel) {

  public MlflowConfig {
    Objects.requireNonNull(experiment, "experiment");
    new Checks()
        .require(
            uri.isEmpty() || TrackingConfig.isAddress(uri.get()),
            "tracking.mlflow.uri",
            uri.orElse(""),
            "must be http://HOST:PORT or https://HOST; who signs in stands in the environment"
                + " (MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                + " MLFLOW_TRACKING_TOKEN)")
        .require(!experiment.isBlank(), "tracking.mlflow.experiment", experiment, "must be a name")
        .require(
            registeredModel.isEmpty() || registeredModel.get().matches("[^\\s/:.]+"),
            "tracking.mlflow.registered-model",
            registeredModel.orElse(""),
            "must be a name without spaces, dots, colons and slashes")
        .done();
  }
}
