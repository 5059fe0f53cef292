package org.fairspark.store.metrics;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.text.CsvCells;
import org.fairspark.text.Json;

/**
 * {@code metrics/metrics.json} and, for spreadsheets, {@code metrics/metrics.csv}: the one writer
 * and the one reader of an evaluation's results.
 */
public final class MetricsFile {
  private static final String COUNTS = "category,defect,images,anomalous_images,regions";

  private final OutputRoot root;
  private final Path json;
  private final Path csv;

  public MetricsFile(OutputRoot root) {
    this.root = root;
    this.json = new Path(root.path("metrics"), "metrics.json");
    this.csv = new Path(root.path("metrics"), "metrics.csv");
  }

  /**
   * Reads the results, if there are any.
   *
   * @throws FairException if the file is not JSON
   */
  public Optional<EvaluationResults> read() {
    String text = root.readText(json);
    try {
      return Optional.ofNullable(text == null ? null : Json.parse(text))
          .map(new MetricsJson()::results);
    } catch (IOException e) {
      throw FairException.failed(
          "metrics.json cannot be read: " + e.getMessage(),
          json.toString(),
          "remove it and run evaluate again",
          e);
    }
  }

  /** Reads the results, if there are any and they were made from just this. */
  public Optional<EvaluationResults> find(Provenance provenance) {
    return read().filter(results -> results.fingerprint().equals(provenance.fingerprint()));
  }

  /** Writes both files, the JSON last. */
  public void write(EvaluationResults results) throws IOException {
    root.writeText(csv, csv(results));
    root.writeText(json, Json.pretty(new MetricsJson().tree(results)));
  }

  private static String csv(EvaluationResults results) {
    StringBuilder text = new StringBuilder(COUNTS);
    Stream.of(Metric.values()).forEach(metric -> text.append(',').append(metric.key()));
    text.append('\n');
    results
        .categories()
        .forEach(
            (category, result) -> {
              text.append(row(category, "", result.counts(), result.values()));
              result
                  .defects()
                  .forEach(
                      (defect, of) ->
                          text.append(
                              row(
                                  category,
                                  defect,
                                  new ImageCounts(of.images(), of.images(), 0, of.regions()),
                                  of.values())));
            });
    return text.toString();
  }

  private static String row(
      String category, String defect, ImageCounts counts, MetricValues values) {
    Stream<Object> named = Stream.of(CsvCells.quoted(category), CsvCells.quoted(defect));
    Stream<Object> counted = Stream.of(counts.images(), counts.anomalous(), counts.regions());
    Stream<Object> measured =
        values.areas().values().stream()
            .map(area -> area.value().isPresent() ? area.value().getAsDouble() : "");
    return Stream.of(named, counted, measured)
            .flatMap(cells -> cells)
            .map(String::valueOf)
            .collect(Collectors.joining(","))
        + "\n";
  }
}
