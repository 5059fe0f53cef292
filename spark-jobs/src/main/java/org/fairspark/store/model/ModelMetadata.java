package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;

/**
 * A finished model without its weights.
 *
 * @param id SHA-256 of its weights
 * @param manifest what was written beside it
 * @param calibration its thresholds, or why it has none
 */
public record ModelMetadata(
    String category, String id, JsonNode manifest, ModelCalibration calibration) {

  /**
   * The sections of a model's configuration that say how it inspects an image, and what they are
   * checked against.
   */
  private static final List<String> SECTIONS =
      List.of("image", "method", "filter", "corruption", "model", "evaluation");

  /** Returns the fingerprint of all that decided the calibration, the networks among it. */
  public String calibratedBy() {
    return CalibrationFile.fingerprint(manifest);
  }

  /**
   * Returns the settings that the model was trained and calibrated with, as far as they say how it
   * inspects an image; all others are defaults.
   */
  public FairConfig settings() {
    return settings(SECTIONS);
  }

  /**
   * Returns some of the settings that the model was trained and calibrated with; all others are
   * defaults.
   *
   * @param sections of the configuration, such as {@code filter}
   */
  public FairConfig settings(List<String> sections) {
    List<String> settings = new ArrayList<>();
    JsonNode configuration = manifest.path(ModelStore.CONFIGURATION);
    for (String section : sections) {
      JsonNode values = configuration.path(section);
      if (values.isValueNode()) {
        settings.add("%s=%s".formatted(section, values.asText()));
      }
      values
          .fields()
          .forEachRemaining(
              e -> settings.add("%s.%s=%s".formatted(section, e.getKey(), written(e.getValue()))));
    }
    return ConfigLoader.load(List.of(), settings);
  }

  /** A list is written as JSON, which HOCON reads. */
  private static String written(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
