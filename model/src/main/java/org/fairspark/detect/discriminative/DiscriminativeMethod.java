package org.fairspark.detect.discriminative;

import java.util.Optional;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.network.InferenceEngine;

/**
 * The method that the paper's Table 11 compares with ("Dis"): a second network sees the image and
 * its restoration, and is trained to find where images were corrupted. Its restoration network is
 * the paper's, and one with those of the table's other rows.
 */
public final class DiscriminativeMethod implements DiscriminatingMethod {
  public static final String NAME = "discriminative";

  private static final String FOLDER = "discriminators";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MethodNetwork discriminator(DetectionSettings settings) {
    return new MethodNetwork(
        DISCRIMINATOR,
        FOLDER,
        DiscriminatingMethod.discriminatorSpec(settings),
        Optional.of(InferenceEngine.DL4J));
  }

  @Override
  public String buildsOn() {
    return RestorationMethod.NAME;
  }
}
