package org.fairspark.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.fairspark.config.FairConfig;

/**
 * {@code manifest.json} of an output root: what ran, with what settings, on what data; a
 * configuration file by itself ({@code ./submit.sh run --conf manifest.json}).
 */
public final class RunManifest {
  public static final String FILE = "manifest.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RunManifest() {}

  /**
   * The images that a run worked on.
   *
   * @param fingerprint of the provenance of {@code images/}
   * @param images their number
   */
  public record Data(String fingerprint, long images) {}

  /**
   * Writes the manifest, in place of an older one.
   *
   * @param job the command
   * @param seconds wall-clock time of each stage
   * @throws IOException if it cannot be written
   */
  public static void write(
      OutputRoot root,
      String job,
      SparkSession spark,
      FairConfig config,
      Data data,
      Instant began,
      Map<String, Double> seconds)
      throws IOException {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("job", job);
    manifest.put("started", began.toString());
    manifest.put("finished", Instant.now().toString());
    manifest.put("seconds", seconds);
    manifest.put("versions", versions(spark));
    manifest.put("master", spark.sparkContext().master());
    manifest.put("application", spark.sparkContext().applicationId());
    manifest.put("data_fingerprint", data.fingerprint());
    manifest.put("images", data.images());
    manifest.put("seed", config.seed());
    manifest.put("configuration", config.toMap());
    root.writeText(root.path(FILE), JSON.writeValueAsString(manifest) + "\n");
  }

  private static Map<String, String> versions(SparkSession spark) {
    Map<String, String> versions = new LinkedHashMap<>(Versions.all());
    versions.put("spark", spark.version());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /** The manifest, if the root has one. */
  public static Optional<JsonNode> read(OutputRoot root) throws IOException {
    String text = root.readText(root.path(FILE));
    return text == null ? Optional.empty() : Optional.of(JSON.readTree(text));
  }
}
