package org.fairspark.store.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.ExportConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.detect.Frame;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.UnetSpec;
import org.fairspark.store.Versions;

/** The metadata of a model's ONNX file, for those who have only that file. */
final class OnnxMetadata {
  private OnnxMetadata() {}

  /**
   * Returns all metadata.
   *
   * @param spec of the network
   * @param sha256 of the weights that it was made from
   * @param training how it was trained: the manifest's entry
   * @param provenance what decided it, training data included
   * @param engine that set the thresholds; empty where there are none
   */
  static Map<String, String> of(
      String category,
      NetworkSpec spec,
      String sha256,
      FairConfig config,
      Map<String, ?> training,
      Map<String, String> provenance,
      Optional<InferenceEngine> engine) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("category", category);
    all.put("method", config.detectionMethod().name());
    all.put("extractor", config.extractor().describe());
    config.effective("filter").forEach(all::put);
    all.put("image.size", config.image().size().toString());
    all.put("image.height", String.valueOf(config.image().size().height()));
    all.put("image.width", String.valueOf(config.image().size().width()));
    config
        .effective("image.fit", "image.tiles", "image.tile-overlap", "image.reduction")
        .forEach(all::put);
    if (spec instanceof UnetSpec unet) {
      all.put("input", input(unet.head(), config));
      all.put(
          "input.size",
          config.export().size() == ExportConfig.Size.FIXED
              ? "one image of image.size"
              : "any number of images, sides multiples of 16");
      all.put("output", output(unet.head(), config.evaluation().smoothing()));
    }
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

  private static String input(UnetSpec.Head head, FairConfig config) {
    String image = "an RGB image in [0,1] %s".formatted(fitted(config.image().frame().fit()));
    return switch (head) {
      case RESTORATION, SOFT_MASK ->
          "what the extractor makes of %s%s, NCHW"
              .formatted(
                  image,
                  config.corruption().recipe() == CorruptionRecipe.CELLS
                      ? " whose cells are black in one of three sets"
                      : "");
      case MASK ->
          "%s, and behind it as three more channels what the restoration network makes of it, NCHW"
              .formatted(image);
    };
  }

  private static String output(UnetSpec.Head head, int smoothing) {
    return switch (head) {
      case RESTORATION -> "the restored RGB image, about [0,1], NCHW";
      case MASK, SOFT_MASK ->
          "x, the logarithm of the odds that a pixel is anomalous, NCHW; the map is the mean of"
              + " 1 / (1 + exp(-x)) over %d x %d pixels".formatted(smoothing, smoothing);
    };
  }

  private static String fitted(Frame.Fit fit) {
    return switch (fit) {
      case STRETCH -> "resized to image.size";
      case PAD ->
          "resized to fit in image.size, its shape kept, and mirrored at its right or lower edge";
      case TILES -> "of image.size, a tile of a larger one";
    };
  }
}
