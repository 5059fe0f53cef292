package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A finished model without its weights.
 *
 * @param id SHA-256 of its weights
 * @param manifest what was written beside it
 * @param calibration its thresholds, or why it has none
 */
public record ModelMetadata(
    String category, String id, JsonNode manifest, ModelCalibration calibration) {

  /** Returns the fingerprint of all that decided the calibration, the networks among it. */
  public String calibratedBy() {
    return CalibrationFile.fingerprint(manifest);
  }
}
