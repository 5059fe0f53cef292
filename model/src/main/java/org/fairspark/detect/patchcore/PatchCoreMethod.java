package org.fairspark.detect.patchcore;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.LayerUpsampling;
import org.fairspark.features.PatchExtractor;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;

/** PatchCore: an image is anomalous where its patches are far from all patches of normal images. */
public final class PatchCoreMethod implements Method {
  public static final String NAME = "patchcore";

  /** Side of the square of patches that each is averaged over (the paper's p). */
  private static final int NEIGHBOURHOOD = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of();
  }

  @Override
  public boolean learnsFromSamples() {
    return false;
  }

  @Override
  public boolean needsBackbone() {
    return true;
  }

  /** Returns the extractor of the patches' features. */
  public static PatchExtractor extractor(FeatureSettings settings) {
    return new PatchExtractor(settings.backbone(), NEIGHBOURHOOD, LayerUpsampling.BILINEAR);
  }

  @Override
  public MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return PatchExtractor.memory(height, width);
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
