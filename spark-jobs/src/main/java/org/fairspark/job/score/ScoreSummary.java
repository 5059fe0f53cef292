package org.fairspark.job.score;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.fairspark.calibration.Calibration;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.table.ScoresTable;

/**
 * What came of a run, a part a category.
 *
 * @param categories by name; the empty name holds images without a model
 * @param cards the models
 * @param driftTolerance share of images that may have any score
 */
record ScoreSummary(
    SortedMap<String, CategoryTally> categories,
    SortedMap<String, ModelMetadata> cards,
    double driftTolerance) {

  long unreadable() {
    return categories.values().stream().mapToLong(t -> t.count(ScoresTable.UNREADABLE)).sum();
  }

  long images() {
    return categories.values().stream().mapToLong(CategoryTally::images).sum();
  }

  /** How far a category's images of this run, or all if it scored none, are from calibration's. */
  Optional<ScoreDrift> drift(String category) {
    CategoryTally tally = categories.get(category);
    return calibration(category)
        .map(
            calibration ->
                ScoreDrift.between(
                    calibration.scores(),
                    tally.freshScores().count() > 0 ? tally.freshScores() : tally.scores(),
                    driftTolerance));
  }

  Optional<Calibration> calibration(String category) {
    return Optional.ofNullable(cards.get(category)).flatMap(card -> card.calibration().found());
  }

  /** A sentence for each category that looks different. */
  List<String> driftNotes() {
    List<String> notes = new ArrayList<>();
    for (String category : categories.keySet()) {
      drift(category)
          .filter(ScoreDrift::isDrift)
          .ifPresent(drift -> notes.add(category + " " + words(drift)));
    }
    return notes;
  }

  private static String words(ScoreDrift drift) {
    return String.format(
        Locale.ROOT,
        "looks different from what the model was trained on: scores are %s (distance %.2f, by"
            + " chance at most %.2f, from %d images against %d held-out ones)",
        drift.higher() ? "higher" : "lower",
        drift.distance(),
        drift.limit(),
        drift.images(),
        drift.reference());
  }

  /** A line a category. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    categories.forEach(
        (category, tally) -> {
          if (category.isEmpty()) {
            lines.add(
                "%-20s %8d images that no model is for".formatted("(no model)", tally.images()));
            return;
          }
          long scored = tally.images() - tally.count(ScoresTable.UNREADABLE);
          String judged =
              calibration(category)
                  .map(
                      c ->
                          String.format(
                              Locale.ROOT,
                              "%d suspicious (%.1f %%) above %.4f",
                              tally.count(ScoresTable.SUSPICIOUS),
                              scored == 0
                                  ? 0.0
                                  : 100.0 * tally.count(ScoresTable.SUSPICIOUS) / scored,
                              c.image().value()))
                  .orElse("not judged: the model is not calibrated");
          lines.add(
              "%-20s %8d images, %s, %d unreadable"
                  .formatted(
                      category, tally.images(), judged, tally.count(ScoresTable.UNREADABLE)));
        });
    return lines;
  }

  /** For the run's record. */
  Map<String, Object> toMap(Map<String, List<String>> overlays) {
    Map<String, Object> all = new LinkedHashMap<>();
    categories.forEach(
        (category, tally) -> {
          Map<String, Object> own = new LinkedHashMap<>();
          own.put("images", tally.images());
          for (String decision :
              List.of(
                  ScoresTable.NORMAL,
                  ScoresTable.SUSPICIOUS,
                  ScoresTable.UNCALIBRATED,
                  ScoresTable.UNREADABLE)) {
            own.put(decision, tally.count(decision));
          }
          own.put("scored_by_this_run", tally.fresh());
          own.put("suspicious_of_these", tally.freshSuspicious());
          own.put("unreadable_by_reason", tally.reasons());
          calibration(category).ifPresent(c -> own.put("threshold", c.image().value()));
          Optional.ofNullable(cards.get(category))
              .ifPresent(
                  card -> {
                    own.put("model", card.id());
                    own.put("calibration", card.calibration().describe());
                  });
          drift(category).ifPresent(drift -> own.put("drift", drift(drift)));
          own.put("scores", encoded(tally.scores().toBytes()));
          calibration(category)
              .ifPresent(c -> own.put("calibrated_scores", encoded(c.scores().toBytes())));
          own.put("top", top(tally, overlays.getOrDefault(category, List.of())));
          all.put(category, own);
        });
    return all;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Map<String, Object> drift(ScoreDrift drift) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("distance", drift.distance());
    fields.put("limit", drift.limit());
    fields.put("drift", drift.isDrift());
    fields.put("higher", drift.higher());
    fields.put("images", drift.images());
    fields.put("reference", drift.reference());
    return fields;
  }

  private static List<Map<String, Object>> top(CategoryTally tally, List<String> overlays) {
    List<Map<String, Object>> top = new ArrayList<>();
    for (ScoredImage image : tally.highest()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", image.image().path());
      fields.put("name", image.image().name());
      fields.put("score", image.score());
      fields.put("normalized_score", image.normalized());
      fields.put("decision", image.decision());
      fields.put("overlay", top.size() < overlays.size() ? overlays.get(top.size()) : "");
      top.add(fields);
    }
    return top;
  }
}
