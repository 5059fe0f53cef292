package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import org.fairspark.network.NetworkWeights;

/**
 * A finished model.
 *
 * @param id SHA-256 of its weights
 * @param state without moments
 * @param manifest what was written beside it
 * @param calibration its thresholds, or why it has none
 */
public record TrainedModel(
    String category,
    String id,
    NetworkWeights state,
    JsonNode manifest,
    ModelCalibration calibration) {}
