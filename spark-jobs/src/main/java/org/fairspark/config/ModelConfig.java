package org.fairspark.config;

/**
 * {@code model.*}.
 *
 * @param width the network's base width c (paper section 4.3)
 * @param skips whether the skip connections are there
 */
public record ModelConfig(int width, boolean skips) {

  public ModelConfig {
    new Checks().between("model.width", width, 1, 1024).done();
  }
}
