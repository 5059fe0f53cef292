package org.fairspark.store.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.ExportConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Frame;
import org.fairspark.network.InferenceEngine;
import org.fairspark.store.Versions;

/** The metadata of a model's ONNX file, for those who have only that file. */
final class OnnxMetadata {
  private OnnxMetadata() {}

  /**
   * Returns all metadata.
   *
   * @param sha256 of the weights that it was made from
   * @param training how it was trained: the manifest's entry
   * @param provenance what decided it, training data included
   * @param engine that set the thresholds; empty where there are none
   */
  static Map<String, String> of(
      String category,
      String sha256,
      FairConfig config,
      Map<String, ?> training,
      Map<String, String> provenance,
      Optional<InferenceEngine> engine) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("category", category);
    all.put("extractor", config.extractor().describe());
    config.effective("filter").forEach(all::put);
    all.put("image.size", config.image().size().toString());
    all.put("image.height", String.valueOf(config.image().size().height()));
    all.put("image.width", String.valueOf(config.image().size().width()));
    config.effective("image.fit", "image.tiles", "image.tile-overlap").forEach(all::put);
    all.put(
        "input",
        "what the extractor makes of an RGB image in [0,1] %s, NCHW"
            .formatted(input(config.image().frame().fit())));
    all.put(
        "input.size",
        config.export().size() == ExportConfig.Size.FIXED
            ? "one image of image.size"
            : "any number of images, sides multiples of 16");
    all.put("output", "the restored RGB image, about [0,1], NCHW");
    all.put("weights_sha256", sha256);
    training.forEach((key, value) -> all.put("training." + key, String.valueOf(value)));
    provenance.forEach((key, value) -> all.put("provenance." + key, value));
    engine.ifPresent(
        set -> {
          all.put("thresholds.engine", set.name().toLowerCase(Locale.ROOT));
          all.put("thresholds.precision", "float32");
        });
    all.put("fair.version", Versions.fair());
    return all;
  }

  private static String input(Frame.Fit fit) {
    return switch (fit) {
      case STRETCH -> "resized to image.size";
      case PAD ->
          "resized to fit in image.size, its shape kept, and mirrored at its right or lower edge";
      case TILES -> "of image.size, a tile of a larger one";
    };
  }
}
