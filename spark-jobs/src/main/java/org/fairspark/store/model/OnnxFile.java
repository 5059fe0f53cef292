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
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxExport;

/** {@code model.onnx} of a trained model; two fields of the manifest are of it. */
record OnnxFile(ModelFolder folder) {
  private static final String NAME = "model.onnx";
  private static final String SHA256 = "onnx_sha256";
  private static final String SIZE = "onnx_size";

  /** Returns whether networks of this architecture can be written. */
  boolean fits(NetworkSpec spec) {
    return OnnxExport.fits(spec);
  }

  /**
   * Writes the file; returns what the manifest says of it. A network that is no U-Net has sizes of
   * its own.
   */
  Map<String, String> write(NetworkWeights state, FairConfig config, Map<String, String> metadata)
      throws IOException {
    if (!(state.spec() instanceof UnetSpec)) {
      return Map.of(SHA256, folder.write(NAME, out -> GraphExport.write(state, metadata, out)));
    }
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
    return isOfSize(manifest, Size.FREE) ? Optional.of(read(manifest)) : Optional.empty();
  }

  /** Reads the file, of whatever size. */
  byte[] read(JsonNode manifest) {
    return folder.read(NAME, manifest.path(SHA256).asText(), InputStream::readAllBytes);
  }

  /** Models of before the setting was there take images of any size. */
  private static String size(JsonNode manifest) {
    return manifest.path(SIZE).asText(word(Size.FREE));
  }

  private static String word(Size size) {
    return size.name().toLowerCase(Locale.ROOT);
  }
}
