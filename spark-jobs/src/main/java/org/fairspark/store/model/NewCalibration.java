package org.fairspark.store.model;

import java.util.Optional;
import org.fairspark.scoring.NormalMaps;

/**
 * A calibration that is to be written.
 *
 * @param calibration thresholds and score
 * @param normals what is known of normal images' maps, for scores that need it
 */
public record NewCalibration(ModelCalibration calibration, Optional<NormalMaps> normals) {}
