package org.fairspark.config;

/**
 * {@code calibration.*}.
 *
 * @param share of the training images that are kept from training to set thresholds by
 * @param falsePositiveRate share of normal images that may be called suspicious
 * @param pixelShare share of a normal image's pixels that may lie above the pixel threshold
 */
public record CalibrationConfig(double share, double falsePositiveRate, double pixelShare) {

  public CalibrationConfig {
    new Checks()
        .require(
            share >= 0 && share < 1,
            "calibration.share",
            Checks.number(share),
            "must be a number from 0 up to but not 1")
        .require(
            falsePositiveRate >= 1e-4 && falsePositiveRate <= 0.5,
            "calibration.false-positive-rate",
            Checks.number(falsePositiveRate),
            "must be a number from 0.0001 to 0.5")
        .require(
            pixelShare >= 0 && pixelShare < 1,
            "calibration.pixel-share",
            Checks.number(pixelShare),
            "must be a number from 0 up to but not 1")
        .done();
  }
}
