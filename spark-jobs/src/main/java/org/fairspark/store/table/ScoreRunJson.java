package org.fairspark.store.table;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.metrics.ScoreHistogram;
import org.fairspark.store.table.ScoreRunRecord.RunSummary;
import org.fairspark.store.table.ScoreRunRecord.Scoring;
import org.fairspark.text.Json;

/** {@link ScoreRunRecord} as a JSON tree and back. */
final class ScoreRunJson {
  private static final int FORMAT = 1;

  ObjectNode tree(ScoreRunRecord record) {
    ObjectNode tree = Json.object();
    tree.put("format", FORMAT);
    tree.put("run", record.run());
    tree.put("started", record.started().toString());
    tree.put("settings", record.settings());
    tree.put("data_root", record.dataRoot());
    tree.set("versions", Json.tree(record.versions()));
    tree.set("configuration", Json.tree(record.configuration()));
    record
        .scoring()
        .ifPresent(
            scoring ->
                tree.put("scoring_seconds", scoring.seconds())
                    .put("read", scoring.read())
                    .put("unchanged", scoring.unchanged()));
    record.outcome().ifPresent(outcome -> put(tree, outcome));
    return tree;
  }

  ScoreRunRecord record(JsonNode tree) {
    return new ScoreRunRecord(
        tree.path("run").asText(),
        Instant.parse(tree.path("started").asText()),
        tree.path("settings").asText(),
        tree.path("data_root").asText(),
        map(tree.path("versions"), new TypeReference<LinkedHashMap<String, String>>() {}),
        map(tree.path("configuration"), new TypeReference<LinkedHashMap<String, Object>>() {}),
        tree.has("scoring_seconds")
            ? Optional.of(
                new Scoring(
                    tree.path("scoring_seconds").asDouble(),
                    tree.path("read").asLong(),
                    tree.path("unchanged").asLong()))
            : Optional.empty(),
        tree.has("finished") ? Optional.of(outcome(tree)) : Optional.empty());
  }

  private <T> T map(JsonNode tree, TypeReference<T> type) {
    return Json.convert(tree.isObject() ? tree : Json.object(), type);
  }

  private void put(ObjectNode tree, RunSummary outcome) {
    tree.put("finished", outcome.finished().toString());
    tree.put("listed", outcome.listed());
    tree.put("up_to_date", outcome.upToDate());
    tree.put("removed", outcome.removed());
    tree.set("files", Json.tree(outcome.files()));
    tree.set("changes", Json.tree(outcome.changes()));
    tree.set("drift_notes", Json.tree(outcome.driftNotes()));
    ObjectNode categories = tree.putObject("categories");
    outcome.categories().forEach((name, of) -> categories.set(name, category(of)));
  }

  private RunSummary outcome(JsonNode tree) {
    SortedMap<String, CategoryScores> categories = new TreeMap<>();
    tree.path("categories")
        .fields()
        .forEachRemaining(e -> categories.put(e.getKey(), category(e.getValue())));
    List<String> notes = new ArrayList<>();
    tree.path("drift_notes").forEach(note -> notes.add(note.asText()));
    return new RunSummary(
        Instant.parse(tree.path("finished").asText()),
        tree.path("listed").asLong(),
        tree.path("up_to_date").asLong(),
        tree.path("removed").asLong(),
        map(tree.path("files"), new TypeReference<LinkedHashMap<String, Object>>() {}),
        counts(tree.path("changes")),
        notes,
        categories);
  }

  private static SortedMap<String, Long> counts(JsonNode tree) {
    SortedMap<String, Long> counts = new TreeMap<>();
    tree.fields().forEachRemaining(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
  }

  private ObjectNode category(CategoryScores scores) {
    ObjectNode tree = Json.object();
    tree.put("images", scores.images());
    ScoresTable.DECISIONS.forEach(decision -> tree.put(decision, scores.count(decision)));
    tree.put("scored_by_this_run", scores.fresh().images());
    tree.put("suspicious_of_these", scores.fresh().suspicious());
    tree.set("unreadable_by_reason", Json.tree(scores.unreadable()));
    scores
        .model()
        .ifPresent(
            model -> {
              model.threshold().ifPresent(threshold -> tree.put("threshold", threshold));
              tree.put("model", model.id());
              tree.put("calibration", model.calibration());
            });
    scores.drift().ifPresent(drift -> put(tree.putObject("drift"), drift));
    tree.put("image_changes", scores.changes());
    tree.put("scores", encoded(scores.scores()));
    scores
        .model()
        .flatMap(CategoryScores.Model::calibrated)
        .ifPresent(calibrated -> tree.put("calibrated_scores", encoded(calibrated)));
    ArrayNode top = tree.putArray("top");
    scores.top().forEach(image -> put(top.addObject(), image));
    return tree;
  }

  private static CategoryScores category(JsonNode tree) {
    Map<String, Long> decisions = new TreeMap<>();
    ScoresTable.DECISIONS.forEach(d -> decisions.put(d, tree.path(d).asLong()));
    List<CategoryScores.TopScore> top = new ArrayList<>();
    tree.path("top").forEach(image -> top.add(top(image)));
    return new CategoryScores(
        tree.path("images").asLong(),
        decisions,
        new CategoryScores.Fresh(
            tree.path("scored_by_this_run").asLong(), tree.path("suspicious_of_these").asLong()),
        counts(tree.path("unreadable_by_reason")),
        tree.has("model") ? Optional.of(model(tree)) : Optional.empty(),
        tree.has("drift") ? Optional.of(drift(tree.path("drift"))) : Optional.empty(),
        tree.path("image_changes").asText(),
        decoded(tree.path("scores")).orElseGet(ScoreHistogram::new),
        top);
  }

  private static CategoryScores.Model model(JsonNode tree) {
    return new CategoryScores.Model(
        tree.path("model").asText(),
        tree.path("calibration").asText(),
        tree.path("threshold").isNumber()
            ? OptionalDouble.of(tree.path("threshold").asDouble())
            : OptionalDouble.empty(),
        decoded(tree.path("calibrated_scores")));
  }

  private static void put(ObjectNode tree, ScoreDrift drift) {
    tree.put("distance", drift.distance());
    tree.put("limit", drift.limit());
    tree.put("drift", drift.isDrift());
    tree.put("higher", drift.higher());
    tree.put("images", drift.images());
    tree.put("reference", drift.reference());
  }

  private static ScoreDrift drift(JsonNode tree) {
    return new ScoreDrift(
        tree.path("distance").asDouble(),
        tree.path("limit").asDouble(),
        tree.path("higher").asBoolean(),
        tree.path("images").asLong(),
        tree.path("reference").asLong());
  }

  private static void put(ObjectNode tree, CategoryScores.TopScore image) {
    tree.put("path", image.path());
    tree.put("name", image.name());
    tree.put("score", image.score());
    tree.put("normalized_score", image.normalized().orElse(null));
    tree.put("decision", image.decision());
    tree.put("overlay", image.overlay());
  }

  private static CategoryScores.TopScore top(JsonNode tree) {
    JsonNode normalized = tree.path("normalized_score");
    return new CategoryScores.TopScore(
        tree.path("path").asText(),
        tree.path("name").asText(),
        tree.path("score").floatValue(),
        normalized.isNumber() ? Optional.of(normalized.floatValue()) : Optional.empty(),
        tree.path("decision").asText(),
        tree.path("overlay").asText());
  }

  private static String encoded(ScoreHistogram histogram) {
    return Base64.getEncoder().encodeToString(histogram.toBytes());
  }

  private static Optional<ScoreHistogram> decoded(JsonNode text) {
    return text.isTextual()
        ? Optional.of(ScoreHistogram.fromBytes(Base64.getDecoder().decode(text.asText())))
        : Optional.empty();
  }
}
