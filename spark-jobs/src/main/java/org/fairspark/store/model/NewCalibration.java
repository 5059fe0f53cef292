package org.fairspark.store.model;

import java.util.Optional;
import org.fairspark.scoring.PositionProfile;

/**
 * A calibration that is to be written.
 *
 * @param calibration thresholds and score
 * @param positions what is normal at each position, for a score that needs it
 */
public record NewCalibration(ModelCalibration calibration, Optional<PositionProfile> positions) {}
