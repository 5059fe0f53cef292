package org.fairspark.detect.patchcore;

import java.util.Set;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.BackboneMethod;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.LayerUpsampling;
import org.fairspark.features.PatchExtractor;

/** PatchCore: an image is anomalous where its patches are far from all patches of normal images. */
public final class PatchCoreMethod implements BackboneMethod {
  public static final String NAME = "patchcore";

  /** Side of the square of patches that each is averaged over (the paper's p). */
  private static final int NEIGHBOURHOOD = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> featureSettings() {
    return Set.of("coreset", "bank-limit", "neighbours");
  }

  /** Returns the extractor of the patches' features. */
  public static PatchExtractor extractor(FeatureSettings settings) {
    return new PatchExtractor(settings.backbone(), true, NEIGHBOURHOOD, LayerUpsampling.BILINEAR);
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new PatchCoreDetector(
        extractor(settings.features()),
        networks.backbone(),
        MemoryBank.of(networks.fitted()),
        settings.features().neighbours());
  }
}
