package org.fairspark.detect.padim;

import java.util.Set;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.BackboneMethod;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.LayerUpsampling;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.PatchMap;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;

/** PaDiM: an image is anomalous where its patches are unlikely for their place. */
public final class PadimMethod implements BackboneMethod {
  public static final String NAME = "padim";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> featureSettings() {
    return Set.of("dimensions");
  }

  /** Returns the extractor of the patches' features. */
  public static PatchExtractor extractor(FeatureSettings settings) {
    return new PatchExtractor(settings.backbone(), false, 1, LayerUpsampling.NEAREST);
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
    return Detection.of(map, Peak.of(map).value());
  }
}
