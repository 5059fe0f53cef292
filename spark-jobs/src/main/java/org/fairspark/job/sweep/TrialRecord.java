package org.fairspark.job.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.MetricValues;
import org.fairspark.store.metrics.DecisionJson;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.metrics.InferenceRate;
import org.fairspark.store.metrics.MetricFields;
import org.fairspark.text.Json;

/**
 * The results of a finished trial, as {@code cell.json} holds them.
 *
 * @param trial which one
 * @param seconds wall-clock time, without what it shares with trials before it
 * @param categories metrics by category
 * @param decided decisions at the calibrated thresholds, of the categories that have some
 * @param leftOut categories that were not evaluated, with the reason
 * @param imagesPerSecond measured inference rate
 * @param conventions how the metrics are meant: name to text or number
 */
record TrialRecord(
    Trial trial,
    double seconds,
    SortedMap<String, MetricValues> categories,
    SortedMap<String, AtThreshold> decided,
    SortedMap<String, String> leftOut,
    OptionalDouble imagesPerSecond,
    Map<String, Object> conventions) {
  static TrialRecord of(Trial trial, EvaluationResults results, Duration took) {
    SortedMap<String, MetricValues> categories = new TreeMap<>();
    SortedMap<String, AtThreshold> decided = new TreeMap<>();
    results
        .categories()
        .forEach(
            (name, result) -> {
              categories.put(name, result.values());
              result.decisions().atThreshold().ifPresent(at -> decided.put(name, at));
            });
    return new TrialRecord(
        trial,
        took.toMillis() / 1000.0,
        categories,
        decided,
        results.leftOut(),
        results.inference().stream()
            .mapToDouble(InferenceRate::imagesPerSecond)
            .filter(rate -> rate > 0)
            .findFirst(),
        results.conventions());
  }

  /** Returns the means over categories. */
  MetricValues mean() {
    return MetricValues.mean(categories.values());
  }

  /** Returns a category's decisions at the calibrated thresholds, if it has some. */
  Optional<AtThreshold> decided(String category) {
    return Optional.ofNullable(decided.get(category));
  }

  ObjectNode toJson() {
    ObjectNode node = Json.object();
    node.put("id", trial.id());
    node.put("cell", trial.group().name());
    node.put("repetition", trial.repetition());
    node.put("seed", trial.config().seed());
    node.set("settings", Json.tree(trial.group().settings()));
    node.put("seconds", seconds);
    ObjectNode byCategory = node.putObject("categories");
    categories.forEach(
        (name, values) -> {
          ObjectNode fields = byCategory.putObject(name);
          MetricFields.put(fields, values);
          DecisionJson.put(fields, decided(name), "there are no thresholds");
        });
    node.set("left_out", Json.tree(leftOut));
    imagesPerSecond.ifPresent(rate -> node.put("images_per_second", rate));
    node.put("parameters", trial.parameters());
    MetricFields.put(node.putObject("mean"), mean());
    node.set("conventions", Json.tree(conventions));
    return node;
  }

  /** Reads what {@link #toJson} wrote; empty if it is of another trial. */
  static Optional<TrialRecord> of(Trial trial, JsonNode node) {
    if (!node.path("id").asText().equals(trial.id())) {
      return Optional.empty();
    }
    SortedMap<String, MetricValues> categories = new TreeMap<>();
    SortedMap<String, AtThreshold> decided = new TreeMap<>();
    node.path("categories")
        .fields()
        .forEachRemaining(
            e -> {
              categories.put(e.getKey(), MetricFields.get(e.getValue()));
              DecisionJson.atThreshold(e.getValue()).ifPresent(at -> decided.put(e.getKey(), at));
            });
    SortedMap<String, String> leftOut = new TreeMap<>();
    node.path("left_out")
        .fields()
        .forEachRemaining(e -> leftOut.put(e.getKey(), e.getValue().asText()));
    JsonNode rate = node.path("images_per_second");
    return Optional.of(
        new TrialRecord(
            trial,
            node.path("seconds").asDouble(),
            categories,
            decided,
            leftOut,
            rate.isNumber() ? OptionalDouble.of(rate.asDouble()) : OptionalDouble.empty(),
            Json.convert(
                node.path("conventions"), new TypeReference<LinkedHashMap<String, Object>>() {})));
  }
}
