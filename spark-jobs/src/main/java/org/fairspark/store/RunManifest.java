package org.fairspark.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;

/**
 * {@code manifest.json} of an output root: what ran, with what settings, on what data; a
 * configuration file by itself ({@code ./submit.sh run --conf manifest.json}).
 */
public final class RunManifest {
  public static final String FILE = "manifest.json";

  private RunManifest() {}

  /**
   * The images that a run worked on.
   *
   * @param fingerprint of the provenance of {@code images/}
   * @param images their number
   * @param files account of all files below the data root, as plain values
   */
  public record Data(String fingerprint, long images, Map<String, Object> files) {}

  /**
   * When and with what a run ran.
   *
   * @param stages wall-clock time of each stage
   * @param versions of this program and what it stands on
   */
  public record Execution(
      Instant started,
      Instant finished,
      Map<String, Duration> stages,
      Map<String, String> versions) {}

  /**
   * Writes the manifest, in place of an older one.
   *
   * @param job the command
   * @param stages wall-clock time of each stage
   * @throws IOException if it cannot be written
   */
  public static void write(
      OutputRoot root,
      String job,
      SparkSession spark,
      FairConfig config,
      Data data,
      Instant began,
      Map<String, Duration> stages)
      throws IOException {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("job", job);
    manifest.put("started", began.toString());
    manifest.put("finished", Instant.now().toString());
    manifest.put("seconds", seconds(stages));
    manifest.put("versions", versions(spark));
    manifest.put("master", spark.sparkContext().master());
    manifest.put("application", spark.sparkContext().applicationId());
    manifest.put("data_fingerprint", data.fingerprint());
    manifest.put("images", data.images());
    manifest.put("files", data.files());
    manifest.put("seed", config.seed());
    manifest.put("configuration", config.toMap());
    file(root).write(manifest);
  }

  private static Map<String, Double> seconds(Map<String, Duration> stages) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages.forEach((stage, took) -> seconds.put(stage, took.toMillis() / 1000.0));
    return seconds;
  }

  private static Map<String, String> versions(SparkSession spark) {
    Map<String, String> versions = new LinkedHashMap<>(Versions.all());
    versions.put("spark", spark.version());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /**
   * Reads when and with what a root's run ran; empty if it has no manifest.
   *
   * @throws FairException if the manifest is not JSON
   */
  public static Optional<Execution> read(OutputRoot root) {
    return file(root).read().map(RunManifest::execution);
  }

  private static Execution execution(JsonNode manifest) {
    Map<String, Duration> stages = new LinkedHashMap<>();
    manifest
        .path("seconds")
        .fields()
        .forEachRemaining(
            e ->
                stages.put(e.getKey(), Duration.ofMillis((long) (e.getValue().asDouble() * 1000))));
    Map<String, String> versions = new LinkedHashMap<>();
    manifest
        .path("versions")
        .fields()
        .forEachRemaining(e -> versions.put(e.getKey(), e.getValue().asText()));
    return new Execution(
        Instant.parse(manifest.path("started").asText()),
        Instant.parse(manifest.path("finished").asText()),
        stages,
        versions);
  }

  private static JsonFile file(OutputRoot root) {
    return new JsonFile(root, root.path(FILE), "remove it, or run the job again, which writes it");
  }
}
