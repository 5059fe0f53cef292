package org.fairspark.job.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.Path;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.metrics.ScoreHistogram;
import org.fairspark.report.ReportModel;
import org.fairspark.report.ScoreReportModel;
import org.fairspark.report.ScoreReportModel.Counted;
import org.fairspark.report.ScoreReportModel.Steps;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.CategoryScores;
import org.fairspark.store.table.ScoreRunRecord;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/** The gathering of the newest score run's report, from its record and overlays. */
final class ScoreReport {
  private static final int STEPS = 40;

  /** More pictures would make none of them worth looking at. */
  private static final int PICTURES_PER_CATEGORY = 12;

  private ScoreReport() {}

  /** Returns the report of the newest run, if it has ended. */
  static Optional<ScoreReportModel> of(OutputRoot root) throws IOException {
    ScoreRunRecord run = new ScoresStore(root).newestRun().orElse(null);
    if (run == null || run.outcome().isEmpty()) {
      return Optional.empty();
    }
    ScoreRunRecord.RunSummary outcome = run.outcome().get();
    List<ScoreReportModel.ScoredCategory> categories = new ArrayList<>();
    for (Map.Entry<String, CategoryScores> entry : outcome.categories().entrySet()) {
      categories.add(category(root, entry.getKey(), entry.getValue()));
    }
    return Optional.of(
        new ScoreReportModel(
            root.path().getName(),
            run.dataRoot(),
            run.started(),
            outcome.finished(),
            outcome.listed(),
            outcome.upToDate(),
            outcome.removed(),
            run.scoring().stream()
                .filter(scoring -> scoring.seconds() > 0)
                .mapToDouble(scoring -> scoring.read() / scoring.seconds())
                .findFirst(),
            categories,
            counted(outcome.changes()),
            notes(outcome),
            run.versions().entrySet().stream()
                .map(e -> new ReportModel.Fact(e.getKey(), e.getValue()))
                .toList()));
  }

  /** Returns what a reader must know: what looks different, and what was not looked into. */
  private static List<String> notes(ScoreRunRecord.RunSummary outcome) {
    List<String> notes = new ArrayList<>(outcome.driftNotes());
    long broken = number(outcome.files().get("unreadable_archives"));
    if (broken > 0) {
      notes.add("%d archive(s) cannot be read, or not to their end.".formatted(broken));
    }
    return notes;
  }

  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static List<Counted> counted(Map<String, Long> counts) {
    return counts.entrySet().stream().map(e -> new Counted(e.getKey(), e.getValue())).toList();
  }

  private static ScoreReportModel.ScoredCategory category(
      OutputRoot root, String name, CategoryScores of) throws IOException {
    ScoreHistogram calibrated =
        of.model().flatMap(CategoryScores.Model::calibrated).orElseGet(ScoreHistogram::new);
    float high = Math.max(1e-6f, Math.max(of.scores().max(), calibrated.max()));
    return new ScoreReportModel.ScoredCategory(
        name,
        of.images(),
        of.count(ScoresTable.SUSPICIOUS),
        of.fresh().images(),
        of.fresh().suspicious(),
        of.model().map(CategoryScores.Model::threshold).orElseGet(OptionalDouble::empty),
        of.model().map(CategoryScores.Model::calibration).orElse(""),
        of.drift().map(drift -> words(drift, of.changes())).orElse(""),
        different(of),
        steps(of.scores(), high),
        steps(calibrated, high),
        counted(of.unreadable()),
        top(root, name, of.top()));
  }

  /** Returns what is different from the held-out images: the scores, the images or both. */
  private static String different(CategoryScores of) {
    List<String> different = new ArrayList<>();
    if (of.drift().filter(ScoreDrift::isDrift).isPresent()) {
      different.add("scores");
    }
    if (of.imagesDiffer()) {
      different.add("images");
    }
    return String.join(", ", different);
  }

  private static String words(ScoreDrift drift, String changes) {
    return String.format(
            Locale.ROOT,
            "Distance from the calibration's scores %.2f; by chance at most %.2f (%d images against"
                + " %d held-out ones).",
            drift.distance(),
            drift.limit(),
            drift.images(),
            drift.reference())
        + (changes.isEmpty()
            ? ""
            : " %s%s."
                .formatted(changes.substring(0, 1).toUpperCase(Locale.ROOT), changes.substring(1)));
  }

  private static Steps steps(ScoreHistogram histogram, float high) {
    return new Steps(0, high, Arrays.stream(histogram.counts(0, high, STEPS)).boxed().toList());
  }

  private static List<ScoreReportModel.TopImage> top(
      OutputRoot root, String category, List<CategoryScores.TopScore> images) throws IOException {
    List<ScoreReportModel.TopImage> top = new ArrayList<>();
    for (CategoryScores.TopScore image : images.stream().limit(PICTURES_PER_CATEGORY).toList()) {
      top.add(
          new ScoreReportModel.TopImage(
              image.name(),
              image.path(),
              image.score(),
              image.normalized().stream().mapToDouble(Float::doubleValue).findFirst(),
              image.decision().equals(ScoresTable.SUSPICIOUS),
              image.overlay().isEmpty() ? new byte[0] : picture(root, category, image.overlay())));
    }
    return top;
  }

  /** Reads a picture; empty if it was removed. */
  private static byte[] picture(OutputRoot root, String category, String name) throws IOException {
    Path file = new Path(new Path(root.path(ScoresTable.OVERLAYS), category), name);
    try (InputStream in = root.fileSystem().open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      return new byte[0];
    }
  }
}
