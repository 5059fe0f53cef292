package org.fairspark.job.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.Path;
import org.fairspark.metrics.ScoreHistogram;
import org.fairspark.report.ReportModel;
import org.fairspark.report.ScoreReportModel;
import org.fairspark.report.ScoreReportModel.Counted;
import org.fairspark.report.ScoreReportModel.Steps;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ScoresBatches;
import org.fairspark.store.table.ScoresTable;

/** What the report shows of the newest score run, from its record and overlays. */
public final class ScoreReport {
  private static final int STEPS = 40;

  /** More pictures would make none of them worth looking at. */
  private static final int PICTURES_PER_CATEGORY = 12;

  private ScoreReport() {}

  /** The newest run's, if one was finished. */
  public static Optional<ScoreReportModel> of(OutputRoot root) throws IOException {
    JsonNode run = new ScoresBatches(root).newestRun().orElse(null);
    if (run == null || run.path("finished").isMissingNode()) {
      return Optional.empty();
    }
    List<String> notes = new ArrayList<>();
    run.path("drift_notes").forEach(note -> notes.add(note.asText()));
    List<ScoreReportModel.Category> categories = new ArrayList<>();
    var fields = run.path("categories").fields();
    while (fields.hasNext()) {
      var field = fields.next();
      categories.add(category(root, field.getKey(), field.getValue()));
    }
    List<ReportModel.Fact> versions = new ArrayList<>();
    run.path("versions")
        .fields()
        .forEachRemaining(
            v -> versions.add(new ReportModel.Fact(v.getKey(), v.getValue().asText())));
    double seconds = run.path("scoring_seconds").asDouble();
    return Optional.of(
        new ScoreReportModel(
            root.path().getName(),
            run.path("data_root").asText(),
            Instant.parse(run.path("started").asText()),
            Instant.parse(run.path("finished").asText()),
            run.path("listed").asLong(),
            run.path("up_to_date").asLong(),
            run.path("removed").asLong(),
            seconds > 0
                ? OptionalDouble.of(run.path("read").asLong() / seconds)
                : OptionalDouble.empty(),
            categories,
            counted(run.path("changes")),
            notes,
            versions));
  }

  private static List<Counted> counted(JsonNode node) {
    List<Counted> counted = new ArrayList<>();
    node.fields()
        .forEachRemaining(e -> counted.add(new Counted(e.getKey(), e.getValue().asLong())));
    return counted;
  }

  private static ScoreReportModel.Category category(OutputRoot root, String name, JsonNode node)
      throws IOException {
    ScoreHistogram scores = histogram(node.path("scores"));
    ScoreHistogram calibrated = histogram(node.path("calibrated_scores"));
    float high = Math.max(1e-6f, Math.max(scores.max(), calibrated.max()));
    JsonNode drift = node.path("drift");
    return new ScoreReportModel.Category(
        name,
        node.path("images").asLong(),
        node.path("suspicious").asLong(),
        node.path("scored_by_this_run").asLong(),
        node.path("suspicious_of_these").asLong(),
        node.path("threshold").isNumber()
            ? OptionalDouble.of(node.path("threshold").asDouble())
            : OptionalDouble.empty(),
        node.path("calibration").asText(),
        drift.isMissingNode() ? "" : words(drift),
        drift.path("drift").asBoolean(),
        steps(scores, high),
        steps(calibrated, high),
        counted(node.path("unreadable_by_reason")),
        top(root, name, node.path("top")));
  }

  private static String words(JsonNode drift) {
    return String.format(
        Locale.ROOT,
        "Distance from the calibration's scores %.2f; by chance at most %.2f (%d images against %d"
            + " held-out ones).",
        drift.path("distance").asDouble(),
        drift.path("limit").asDouble(),
        drift.path("images").asLong(),
        drift.path("reference").asLong());
  }

  private static ScoreHistogram histogram(JsonNode node) {
    return node.isTextual()
        ? ScoreHistogram.fromBytes(Base64.getDecoder().decode(node.asText()))
        : new ScoreHistogram();
  }

  private static Steps steps(ScoreHistogram histogram, float high) {
    return new Steps(0, high, Arrays.stream(histogram.counts(0, high, STEPS)).boxed().toList());
  }

  private static List<ScoreReportModel.Top> top(OutputRoot root, String category, JsonNode node)
      throws IOException {
    List<ScoreReportModel.Top> top = new ArrayList<>();
    for (JsonNode image : node) {
      if (top.size() == PICTURES_PER_CATEGORY) {
        break;
      }
      String overlay = image.path("overlay").asText();
      top.add(
          new ScoreReportModel.Top(
              image.path("name").asText(),
              image.path("path").asText(),
              image.path("score").asDouble(),
              image.path("normalized_score").isNumber()
                  ? OptionalDouble.of(image.path("normalized_score").asDouble())
                  : OptionalDouble.empty(),
              image.path("decision").asText().equals("suspicious"),
              overlay.isEmpty() ? new byte[0] : picture(root, category, overlay)));
    }
    return top;
  }

  /** Empty if somebody removed it. */
  private static byte[] picture(OutputRoot root, String category, String name) throws IOException {
    Path file = new Path(new Path(root.path(ScoresTable.OVERLAYS), category), name);
    try (InputStream in = root.fileSystem().open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      return new byte[0];
    }
  }
}
