package org.fairspark.detect.patchcore;

import java.util.List;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.PatchMap;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;

/**
 * A detector by distances from a memory bank.
 *
 * @param neighbours that weight an image's score
 */
record PatchCoreDetector(
    PatchExtractor extractor, Backbone backbone, MemoryBank bank, int neighbours)
    implements AnomalyDetector {

  @Override
  public List<Detection> detect(List<FloatImage> images) {
    return images.stream().map(this::detect).toList();
  }

  private Detection detect(FloatImage image) {
    PatchFeatures patches = extractor.extract(backbone, image);
    MemoryBank.Distances found = bank.compare(patches, neighbours);
    return Detection.of(
        PatchMap.of(
            found.distances(),
            patches.height(),
            patches.width(),
            image.height(),
            image.width(),
            PatchMap.SIGMA),
        found.score());
  }
}
