package org.fairspark.config;

/**
 * {@code bad-records.*}.
 *
 * @param maxRatio share of unreadable images, 0..1, above which a job ends with exit code 3
 */
public record BadRecordsConfig(double maxRatio) {

  public BadRecordsConfig {
    new Checks().share("bad-records.max-ratio", maxRatio).done();
  }
}
