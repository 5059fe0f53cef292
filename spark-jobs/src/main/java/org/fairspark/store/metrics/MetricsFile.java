package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.Slices;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.text.CsvCells;
import org.fairspark.text.Json;

/**
 * {@code metrics/metrics.json} and, for spreadsheets, {@code metrics/metrics.csv} and, by
 * condition, view and stated change, {@code metrics/slices.csv}: the one writer and the one reader
 * of an evaluation's results.
 */
public final class MetricsFile {
  private static final String COUNTS = "category,defect,images,anomalous_images,regions";

  private final OutputRoot root;
  private final Path json;
  private final Path csv;
  private final Path slices;

  public MetricsFile(OutputRoot root) {
    this.root = root;
    this.json = new Path(root.path("metrics"), "metrics.json");
    this.csv = new Path(root.path("metrics"), "metrics.csv");
    this.slices = new Path(root.path("metrics"), "slices.csv");
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

  /**
   * Writes all files, the JSON last.
   *
   * @param dataNotes what a reader of the numbers must know of the images, a sentence each
   */
  public void write(EvaluationResults results, List<String> dataNotes) throws IOException {
    root.writeText(csv, csv(results));
    root.writeText(slices, slices(results));
    ObjectNode tree = new MetricsJson().tree(results);
    tree.set("data_notes", Json.tree(dataNotes));
    root.writeText(json, Json.pretty(tree));
  }

  /** Begins a table with these columns, and one for each figure. */
  private static StringBuilder header(String first) {
    StringBuilder text = new StringBuilder(first);
    Stream.of(Metric.values()).forEach(metric -> text.append(',').append(metric.key()));
    DecisionJson.IN_TABLES.forEach(name -> text.append(',').append(name));
    return text.append('\n');
  }

  private static String csv(EvaluationResults results) {
    StringBuilder text = header(COUNTS);
    results
        .categories()
        .forEach(
            (category, result) -> {
              text.append(
                  row(
                      List.of(category, ""),
                      result.counts(),
                      result.values(),
                      result.decisions().atThreshold(),
                      Area.notDefined("it is of a type of defect")));
              result
                  .defects()
                  .forEach(
                      (defect, of) ->
                          text.append(
                              row(
                                  List.of(category, defect),
                                  new ImageCounts(of.images(), of.images(), 0, of.regions()),
                                  of.values(),
                                  of.atThreshold(),
                                  of.areaShare())));
            });
    return text.toString();
  }

  private static String slices(EvaluationResults results) {
    StringBuilder text = header("category,trait,value,images,anomalous_images,regions");
    results
        .categories()
        .forEach(
            (category, result) -> {
              slices(text, category, "condition", result.decisions().byCondition());
              slices(text, category, "view", result.decisions().byView());
              slices(text, category, "change", result.decisions().underChanges());
            });
    return text.toString();
  }

  private static void slices(StringBuilder text, String category, String trait, Slices slices) {
    slices
        .byValue()
        .forEach(
            (value, of) ->
                text.append(
                    row(
                        List.of(category, trait, value),
                        of.counts(),
                        of.values(),
                        of.atThreshold(),
                        Area.notDefined("it is of a type of defect"))));
  }

  private static String row(
      List<String> names,
      ImageCounts counts,
      MetricValues values,
      Optional<AtThreshold> atThreshold,
      Area areaShare) {
    Stream<Object> named = names.stream().map(CsvCells::quoted);
    Stream<Object> counted = Stream.of(counts.images(), counts.anomalous(), counts.regions());
    Stream<Object> measured = values.areas().values().stream().map(MetricsFile::cell);
    Stream<Object> decided =
        Stream.concat(
            DecisionJson.inTables(atThreshold).stream().map(MetricsFile::cell),
            Stream.of(cell(areaShare)));
    return Stream.of(named, counted, measured, decided)
            .flatMap(cells -> cells)
            .map(String::valueOf)
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static Object cell(Area area) {
    return area.value().isPresent() ? area.value().getAsDouble() : "";
  }
}
