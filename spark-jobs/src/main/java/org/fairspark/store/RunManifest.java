package org.fairspark.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableManifest;

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
   * Writes it.
   *
   * @param seconds wall-clock time of each stage
   */
  public static void write(
      OutputRoot root, JobContext context, Instant began, Map<String, Double> seconds)
      throws IOException {
    TableManifest images = Table.open(root, ImagesTable.SPEC).manifest();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("job", context.jobName());
    manifest.put("started", began.toString());
    manifest.put("finished", Instant.now().toString());
    manifest.put("seconds", seconds);
    manifest.put("versions", versions(context));
    manifest.put("master", context.spark().sparkContext().master());
    manifest.put("application", context.spark().sparkContext().applicationId());
    manifest.put("data_fingerprint", images.fingerprint());
    manifest.put("images", images.rows());
    manifest.put("seed", context.config().seed());
    manifest.put("configuration", context.config().toMap());
    root.writeText(root.path(FILE), JSON.writeValueAsString(manifest) + "\n");
  }

  private static Map<String, String> versions(JobContext context) {
    Map<String, String> versions = new LinkedHashMap<>(Versions.all());
    versions.put("spark", context.spark().version());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /** The manifest, if the root has one. */
  public static Optional<JsonNode> read(OutputRoot root) throws IOException {
    String text = root.readText(root.path(FILE));
    return text == null ? Optional.empty() : Optional.of(JSON.readTree(text));
  }
}
