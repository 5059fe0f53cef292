package org.fairspark.store.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.config.FairConfig;
import org.fairspark.store.Versions;

/** The metadata of a model's ONNX file, for those who have only that file. */
final class OnnxMetadata {
  private OnnxMetadata() {}

  /**
   * Returns all metadata.
   *
   * @param sha256 of the weights that it was made from
   * @param training how it was trained
   * @param provenance what decided it, training data included
   */
  static Map<String, String> of(
      String category,
      String sha256,
      FairConfig config,
      TrainingRecord training,
      Map<String, String> provenance) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("category", category);
    all.put("extractor", config.extractor().describe());
    config.effective("filter").forEach(all::put);
    all.put("image.size", String.valueOf(config.image().size()));
    all.put(
        "input",
        "high frequencies of an RGB image in [0,1] resized to image.size, by the extractor, NCHW");
    all.put("output", "the restored RGB image, about [0,1], NCHW");
    all.put("weights_sha256", sha256);
    training.fields().forEach((key, value) -> all.put("training." + key, String.valueOf(value)));
    provenance.forEach((key, value) -> all.put("provenance." + key, value));
    all.put("fair.version", Versions.fair());
    return all;
  }
}
