package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.ExportConfig.Size;
import org.fairspark.config.FairConfig;
import org.fairspark.image.ImageSize;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.onnx.OnnxExport;

/** {@code model.onnx} of a trained model; two fields of the manifest are of it. */
record OnnxFile(ModelFolder folder) {
  private static final String NAME = "model.onnx";
  private static final String SHA256 = "onnx_sha256";
  private static final String SIZE = "onnx_size";

  /** Writes the file; returns what the manifest says of it. */
  Map<String, String> write(NetworkWeights state, FairConfig config, Map<String, String> metadata)
      throws IOException {
    Optional<ImageSize> size =
        config.export().size() == Size.FIXED
            ? Optional.of(config.image().size())
            : Optional.empty();
    String sha256 = folder.write(NAME, out -> OnnxExport.write(state, size, metadata, out));
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(SHA256, sha256);
    entries.put(SIZE, word(config.export().size()));
    return entries;
  }

  /** Tells whether training left the file, and of the size that is asked. */
  static boolean isOfSize(JsonNode manifest, Size size) {
    return manifest.hasNonNull(SHA256) && size(manifest).equals(word(size));
  }

  /** Reads the file, if training left one that takes images of any size. */
  Optional<byte[]> readFree(JsonNode manifest) {
    return isOfSize(manifest, Size.FREE)
        ? Optional.of(folder.read(NAME, manifest.get(SHA256).asText(), InputStream::readAllBytes))
        : Optional.empty();
  }

  /** Models of before the setting was there take images of any size. */
  private static String size(JsonNode manifest) {
    return manifest.path(SIZE).asText(word(Size.FREE));
  }

  private static String word(Size size) {
    return size.name().toLowerCase(Locale.ROOT);
  }
}
