package org.fairspark.detect.draem;

import java.util.Optional;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.discriminative.DiscriminatingMethod;
import org.fairspark.network.InferenceEngine;

/**
 * DRAEM: a network restores the image from its corrupted colours, and a second one, which sees the
 * image and its restoration, marks what is anomalous. Thresholds are of both together, and lie with
 * both in the model's folder.
 */
public final class DraemMethod implements DiscriminatingMethod {
  public static final String NAME = "draem";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MethodNetwork discriminator(DetectionSettings settings) {
    return new MethodNetwork(
        DISCRIMINATOR,
        MODELS,
        Optional.of(DISCRIMINATOR),
        Optional.of(DiscriminatingMethod.discriminatorSpec(settings)),
        Optional.of(InferenceEngine.DL4J));
  }
}
