package org.fairspark.job.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.calibration.Calibration;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.table.CategoryScores;
import org.fairspark.store.table.ScoresTable;

/**
 * The results of a run, a part per category.
 *
 * @param categories by name; the empty name holds images without a model
 * @param trained the models
 * @param driftTolerance share of images that may have any score
 */
record ScoreSummary(
    SortedMap<String, CategoryTally> categories,
    SortedMap<String, ModelMetadata> trained,
    double driftTolerance) {

  long unreadable() {
    return categories.values().stream().mapToLong(t -> t.count(ScoresTable.UNREADABLE)).sum();
  }

  /** Returns the number of folders and archives that could not be opened. */
  long unopened() {
    return categories.values().stream()
        .flatMap(tally -> tally.unopened().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  long images() {
    return categories.values().stream().mapToLong(CategoryTally::images).sum();
  }

  /**
   * Returns how far the scores of this run's images of a category, or of all if it scored none, are
   * from calibration's.
   */
  Optional<ScoreDrift> drift(String category) {
    CategoryTally tally = categories.get(category);
    return calibration(category)
        .map(
            calibration ->
                ScoreDrift.between(calibration.scores(), tally.newestScores(), driftTolerance));
  }

  Optional<Calibration> calibration(String category) {
    return Optional.ofNullable(trained.get(category))
        .flatMap(metadata -> metadata.calibration().found());
  }

  /** Returns a sentence for each category whose scores or images look different. */
  List<String> driftNotes() {
    List<String> notes = new ArrayList<>();
    for (String category : categories.keySet()) {
      TraitTally.Comparison traits = traits(category);
      Optional<ScoreDrift> scores = drift(category).filter(ScoreDrift::isDrift);
      if (scores.isPresent()) {
        String changes = traits.describe();
        notes.add(category + " " + words(scores.get()) + (changes.isEmpty() ? "" : "; " + changes));
      } else if (!traits.changed().isEmpty()) {
        notes.add(
            "%s: %s, while their scores are as the held-out ones': did the light or the camera change?"
                .formatted(category, traits.describe()));
      }
    }
    return notes;
  }

  /** Compares the same images with the held-out ones. */
  private TraitTally.Comparison traits(String category) {
    return Optional.ofNullable(trained.get(category))
        .map(
            metadata ->
                categories
                    .get(category)
                    .newestTraits()
                    .compare(metadata.calibration().traits(), driftTolerance))
        .orElse(TraitTally.Comparison.NONE);
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

  /** Returns a line per category. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    categories.forEach(
        (category, tally) -> {
          if (category.isEmpty()) {
            if (tally.images() > 0) {
              lines.add(
                  "%-20s %8d images that no model is for".formatted("(no model)", tally.images()));
            }
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
    if (unopened() > 0) {
      lines.add(
          "%d folder(s) or archive(s) could not be opened, or not to the end"
              .formatted(unopened()));
    }
    return lines;
  }

  /**
   * Returns the summaries for the run's record.
   *
   * @param overlays by category, the picture files of its highest scores in their order
   */
  SortedMap<String, CategoryScores> byCategory(Map<String, List<String>> overlays) {
    SortedMap<String, CategoryScores> all = new TreeMap<>();
    categories.forEach(
        (category, tally) ->
            all.put(
                category,
                new CategoryScores(
                    tally.images(),
                    tally.decisions(),
                    new CategoryScores.Fresh(tally.fresh(), tally.freshSuspicious()),
                    tally.reasons(),
                    Optional.ofNullable(trained.get(category)).map(ScoreSummary::model),
                    drift(category),
                    traits(category).describe(),
                    tally.scores(),
                    top(tally, overlays.getOrDefault(category, List.of())))));
    return all;
  }

  private static CategoryScores.Model model(ModelMetadata metadata) {
    Optional<Calibration> calibration = metadata.calibration().found();
    return new CategoryScores.Model(
        metadata.id(),
        metadata.calibration().describe(),
        calibration.stream().mapToDouble(c -> c.image().value()).findFirst(),
        calibration.map(Calibration::scores));
  }

  private static List<CategoryScores.TopScore> top(CategoryTally tally, List<String> overlays) {
    List<CategoryScores.TopScore> top = new ArrayList<>();
    for (ScoredImage image : tally.highest()) {
      top.add(
          new CategoryScores.TopScore(
              image.image().path(),
              image.image().name(),
              image.score(),
              Optional.ofNullable(image.normalized()),
              image.decision(),
              top.size() < overlays.size() ? overlays.get(top.size()) : ""));
    }
    return top;
  }
}
