package org.fairspark.detect.padim;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.LayerUpsampling;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.PatchMap;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;

/** PaDiM: an image is anomalous where its patches are unlikely for their place. */
public final class PadimMethod implements Method {
  public static final String NAME = "padim";

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
    return new PatchExtractor(settings.backbone(), 1, LayerUpsampling.NEAREST);
  }

  @Override
  public MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return PatchExtractor.memory(height, width);
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    PatchExtractor extractor = extractor(settings.features());
    Backbone backbone = networks.backbone();
    PlaceGaussians gaussians = PlaceGaussians.of(networks.fitted());
    return images ->
        images.stream().map(image -> detect(extractor, backbone, gaussians, image)).toList();
  }

  private static Detection detect(
      PatchExtractor extractor, Backbone backbone, PlaceGaussians gaussians, FloatImage image) {
    PatchFeatures patches = extractor.extract(backbone, image);
    FloatImage map =
        PatchMap.of(
            gaussians.distances(patches),
            patches.height(),
            patches.width(),
            image.height(),
            image.width(),
            PatchMap.SIGMA);
    float score = 0;
    for (float value : map.values()) {
      score = Math.max(score, value);
    }
    return Detection.of(map, score);
  }
}
