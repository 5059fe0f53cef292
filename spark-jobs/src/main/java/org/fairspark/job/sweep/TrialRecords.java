package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.inference.InferenceRate;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.network.NetworkSpec;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;

/**
 * {@code cell.json} of every finished run: what it came to. Written once, read once; runs may be
 * recorded by several threads.
 */
final class TrialRecords {
  /** In the order of the tables' columns. */
  static final List<String> FIGURES = List.of("image_auroc", "pixel_auroc", "aupro", "normal_mse");

  private static final String FILE = "cell.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final OutputRoot root;
  private final Map<Trial, JsonNode> finished = new ConcurrentHashMap<>();

  TrialRecords(OutputRoot root) {
    this.root = root;
  }

  private Path file(Trial trial) {
    return new Path(new Path(root.path(), trial.folder()), FILE);
  }

  /** A finished run's record, or nothing. */
  Optional<JsonNode> find(Trial trial) {
    JsonNode known = finished.get(trial);
    if (known != null) {
      return Optional.of(known);
    }
    String text = root.readText(file(trial));
    try {
      Optional<JsonNode> record =
          text == null
              ? Optional.empty()
              : Optional.of(JSON.readTree(text))
                  .filter(node -> node.path("id").asText().equals(trial.id()));
      record.ifPresent(node -> finished.put(trial, node));
      return record;
    } catch (IOException e) {
      throw FairException.failed(
          "a finished run's record cannot be read: " + e.getMessage(),
          file(trial).toString(),
          "remove it: that run is done again then",
          e);
    }
  }

  /**
   * Records a finished run.
   *
   * @param own its output root
   * @param took what it took, without what it shares with runs before it
   */
  void add(Trial trial, OutputRoot own, Duration took) throws IOException {
    JsonNode metrics = new MetricsFile(own).read();
    ObjectNode node = JSON.createObjectNode();
    node.put("id", trial.id());
    node.put("cell", trial.cell().name());
    node.put("repetition", trial.repetition());
    node.put("seed", trial.config().seed());
    node.set("settings", JSON.valueToTree(trial.cell().settings()));
    node.put("seconds", took.toMillis() / 1000.0);
    ObjectNode categories = node.putObject("categories");
    metrics
        .get("categories")
        .fields()
        .forEachRemaining(e -> categories.set(e.getKey(), figures(e.getValue())));
    InferenceRate.of(metrics).ifPresent(rate -> node.put("images_per_second", rate));
    node.put("parameters", parameters(trial));
    node.set("mean", figures(metrics.get("mean")));
    node.set("conventions", metrics.get("conventions"));
    root.writeText(file(trial), JSON.writeValueAsString(node) + "\n");
    finished.put(trial, node);
  }

  private static ObjectNode figures(JsonNode from) {
    ObjectNode node = JSON.createObjectNode();
    for (String figure : FIGURES) {
      node.set(figure, from.path(figure).isNumber() ? from.get(figure) : node.nullNode());
      if (from.has(figure + "_not_defined")) {
        node.set(figure + "_not_defined", from.get(figure + "_not_defined"));
      }
    }
    return node;
  }

  private static int parameters(Trial trial) {
    return new NetworkSpec(
            trial.config().filter().extractor().channels(),
            trial.config().model().width(),
            trial.config().model().skips())
        .parameterCount();
  }
}
