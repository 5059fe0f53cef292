package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CurvePoint;
import org.fairspark.metrics.MetricResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.text.CsvCells;

/** {@code metrics/metrics.json} and {@code metrics/metrics.csv}: what evaluate measured. */
public final class MetricsFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String COLUMNS =
      "category,defect,images,anomalous_images,regions,image_auroc,pixel_auroc,aupro,normal_mse";

  private final OutputRoot root;
  private final Path json;
  private final Path csv;

  public MetricsFile(OutputRoot root) {
    this.root = root;
    this.json = new Path(root.path("metrics"), "metrics.json");
    this.csv = new Path(root.path("metrics"), "metrics.csv");
  }

  /** Whether the file is there and was made from just this. */
  public boolean isFor(Provenance provenance) {
    JsonNode tree = read();
    return tree != null && tree.path("fingerprint").asText().equals(provenance.fingerprint());
  }

  /** The parsed file, null where there is none. */
  public JsonNode read() {
    String text = root.readText(json);
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (IOException e) {
      throw FairException.failed(
          "metrics.json cannot be read: " + e.getMessage(),
          json.toString(),
          "remove it and run evaluate again",
          e);
    }
  }

  /**
   * Writes both files, the JSON last.
   *
   * @param inference the measured rate of inspections, an object of plain values
   */
  public void write(
      SortedMap<String, MetricResult> results,
      FairConfig config,
      Object inference,
      Provenance provenance)
      throws IOException {
    Map<String, Object> categories = new LinkedHashMap<>();
    results.forEach((category, result) -> categories.put(category, category(result)));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("categories", categories);
    whole.put("mean", mean(results));
    whole.put("conventions", conventions(config.evaluation()));
    whole.put("inference", inference);
    whole.put("fingerprint", provenance.fingerprint());
    root.writeText(csv, csv(results));
    root.writeText(json, JSON.writeValueAsString(whole) + "\n");
  }

  private static Map<String, Object> category(MetricResult result) {
    Map<String, Object> fields = figures(result);
    fields.put("images", result.images());
    fields.put("anomalous_images", result.anomalousImages());
    fields.put("images_without_mask", result.imagesWithoutMask());
    fields.put("regions", result.regions());
    put(fields, "normal_mse", result.normalMse());
    put(fields, "f1_threshold", result.f1Threshold());
    put(fields, "f1", result.f1());
    Map<String, Object> bounds = new LinkedHashMap<>();
    bounds.put("pixel_auroc", result.pixelAuroc().halfWidth());
    bounds.put("aupro", result.aupro().halfWidth());
    fields.put("bounds", bounds);
    Map<String, Object> defects = new LinkedHashMap<>();
    result
        .defects()
        .forEach(
            (defect, of) -> {
              Map<String, Object> own = figures(of);
              own.put("images", of.images());
              own.put("regions", of.regions());
              defects.put(defect, own);
            });
    fields.put("defects", defects);
    fields.put("roc", curve(result.roc()));
    fields.put("pro", curve(result.pro()));
    return fields;
  }

  private static Map<String, Object> figures(MetricResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "image_auroc", result.imageAuroc());
    put(fields, "pixel_auroc", result.pixelAuroc());
    put(fields, "aupro", result.aupro());
    return fields;
  }

  /** A number, or null and beside it the reason: JSON has no NaN, and a reader no guess to make. */
  private static void put(Map<String, Object> fields, String name, Area area) {
    if (area instanceof Area.NotDefined reason) {
      fields.put(name, null);
      fields.put(name + "_not_defined", "because " + reason.because());
    } else {
      fields.put(name, area.value().orElseThrow());
    }
  }

  private static List<double[]> curve(List<CurvePoint> points) {
    return points.stream().map(p -> new double[] {p.falsePositiveRate(), p.overlap()}).toList();
  }

  private static Map<String, Object> mean(SortedMap<String, MetricResult> results) {
    Map<String, Object> fields = new LinkedHashMap<>();
    mean(fields, "image_auroc", results, MetricResult::imageAuroc);
    mean(fields, "pixel_auroc", results, MetricResult::pixelAuroc);
    mean(fields, "aupro", results, MetricResult::aupro);
    mean(fields, "normal_mse", results, MetricResult::normalMse);
    return fields;
  }

  private static void mean(
      Map<String, Object> fields,
      String name,
      SortedMap<String, MetricResult> results,
      Function<MetricResult, Area> area) {
    put(fields, name, Area.mean(results.values().stream().map(area).toList(), name));
  }

  private static Map<String, Object> conventions(EvaluationConfig evaluation) {
    Map<String, Object> conventions = new LinkedHashMap<>();
    conventions.put("areas", "fractions of one; aupro as a fraction of its false-positive limit");
    conventions.put("fpr_limit", evaluation.fprLimit());
    conventions.put(
        "mask",
        switch (evaluation.maskConvention()) {
          case REFERENCE ->
              "reference: pixel_auroc counts only full white of the resized mask as anomalous,"
                  + " aupro everything above zero (as the paper's code)";
          case HALF -> "half: above one half of full white, for both";
          case NONZERO -> "nonzero: everything above zero, for both";
        });
    conventions.put("regions", "8-connected, each region of equal weight");
    conventions.put("ties", "count one half");
    conventions.put(
        "color_order",
        evaluation.colorOrder() == org.fairspark.color.ColorOrder.RGB
            ? "rgb: red is red in the CIELAB conversion"
            : "reference-bgr: red and blue swapped in the CIELAB conversion, as the paper's code");
    conventions.put("image_score", "maximum of the smoothed anomaly map");
    conventions.put(
        "f1_threshold",
        "image score from which on images are best called anomalous, by F1 on the test images");
    conventions.put(
        "normal_mse", "mean over normal test images of the squared restoration error, [0,1] units");
    conventions.put("bounds", "half width of a bracket that holds the exact value");
    return conventions;
  }

  private static String csv(SortedMap<String, MetricResult> results) {
    StringBuilder text = new StringBuilder(COLUMNS).append('\n');
    results.forEach(
        (category, result) -> {
          row(text, category, "", result);
          result.defects().forEach((defect, of) -> row(text, category, defect, of));
        });
    return text.toString();
  }

  private static void row(StringBuilder text, String category, String defect, MetricResult r) {
    text.append(CsvCells.quoted(category)).append(',').append(CsvCells.quoted(defect)).append(',');
    text.append(r.images()).append(',').append(r.anomalousImages()).append(',').append(r.regions());
    for (Area area : List.of(r.imageAuroc(), r.pixelAuroc(), r.aupro(), r.normalMse())) {
      text.append(',');
      area.value().ifPresent(text::append);
    }
    text.append('\n');
  }

  /** One line a category for a person, and the mean where there are several. */
  public List<String> lines() {
    JsonNode tree = read();
    List<String> lines = new ArrayList<>();
    tree.get("categories")
        .fields()
        .forEachRemaining(entry -> lines.add(line(entry.getKey(), entry.getValue())));
    if (lines.size() > 1) {
      lines.add(line("mean", tree.get("mean")));
    }
    return lines;
  }

  private static String line(String name, JsonNode node) {
    return String.format(
        Locale.ROOT,
        "%-20s image AUROC %s  pixel AUROC %s  AUPRO %s  normal MSE %s",
        name,
        number(node, "image_auroc", 1, "%.3f"),
        number(node, "pixel_auroc", 1, "%.3f"),
        number(node, "aupro", 1, "%.3f"),
        number(node, "normal_mse", 1e4, "%.2fe-4"));
  }

  private static String number(JsonNode node, String field, double scale, String format) {
    return node.path(field).isNumber()
        ? String.format(Locale.ROOT, format, node.get(field).asDouble() * scale)
        : "not defined (" + node.path(field + "_not_defined").asText() + ")";
  }
}
