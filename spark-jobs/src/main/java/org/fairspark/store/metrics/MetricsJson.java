package org.fairspark.store.metrics;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.CurvePoint;
import org.fairspark.metrics.DefectResult;
import org.fairspark.metrics.F1Threshold;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.text.Json;

/**
 * {@link EvaluationResults} as a JSON tree and back. Of a type of defect, a condition and a view
 * the bounds are not kept: read back they are 0. A field that is missing is read as not measured,
 * zero or empty.
 */
final class MetricsJson {
  ObjectNode tree(EvaluationResults results) {
    ObjectNode tree = Json.object();
    ObjectNode categories = tree.putObject("categories");
    results.categories().forEach((name, result) -> categories.set(name, category(result)));
    MetricFields.put(tree.putObject("mean"), results.mean());
    tree.set("left_out", Json.tree(results.leftOut()));
    tree.set("conventions", Json.tree(results.conventions()));
    tree.set("inference", results.inference().map(Json::tree).orElseGet(Json::object));
    tree.put("fingerprint", results.fingerprint());
    return tree;
  }

  EvaluationResults results(JsonNode tree) {
    SortedMap<String, CategoryResult> categories = new TreeMap<>();
    tree.path("categories")
        .fields()
        .forEachRemaining(e -> categories.put(e.getKey(), category(e.getValue())));
    JsonNode inference = tree.path("inference");
    SortedMap<String, String> leftOut = new TreeMap<>();
    tree.path("left_out")
        .fields()
        .forEachRemaining(e -> leftOut.put(e.getKey(), e.getValue().asText()));
    return new EvaluationResults(
        categories,
        leftOut,
        Json.convert(
            tree.path("conventions").isObject() ? tree.get("conventions") : Json.object(),
            new TypeReference<LinkedHashMap<String, Object>>() {}),
        inference.has("images_per_second")
            ? Optional.of(Json.convert(inference, InferenceRate.class))
            : Optional.empty(),
        tree.path("fingerprint").asText());
  }

  private ObjectNode category(CategoryResult result) {
    ObjectNode fields = Json.object();
    Metric.AREAS.forEach(metric -> MetricFields.put(fields, metric, result.values()));
    fields.put("images", result.counts().images());
    fields.put("anomalous_images", result.counts().anomalous());
    fields.put("images_without_mask", result.counts().withoutMask());
    fields.put("regions", result.counts().regions());
    MetricFields.put(fields, Metric.NORMAL_MSE, result.values());
    MetricFields.put(fields, "f1_threshold", result.best().threshold());
    MetricFields.put(fields, "f1", result.best().f1());
    ObjectNode bounds = fields.putObject("bounds");
    bounds.put("pixel_auroc", result.value(Metric.PIXEL_AUROC).halfWidth());
    bounds.put("aupro", result.value(Metric.AUPRO).halfWidth());
    Metric.MORE.forEach(m -> bounds.put(m.key(), result.value(m).halfWidth()));
    DecisionJson.put(fields, result);
    ObjectNode defects = fields.putObject("defects");
    result.defects().forEach((name, defect) -> defects.set(name, defect(defect)));
    fields.set("roc", curve(result.roc()));
    fields.set("pro", curve(result.pro()));
    return fields;
  }

  private static CategoryResult category(JsonNode fields) {
    JsonNode bounds = fields.path("bounds");
    MetricValues values =
        MetricValues.of(
            metric ->
                MetricFields.get(fields, metric.key(), bounds.path(metric.key()).asDouble(0)));
    SortedMap<String, DefectResult> defects = new TreeMap<>();
    fields
        .path("defects")
        .fields()
        .forEachRemaining(
            e -> defects.put(e.getKey(), defect(e.getValue(), values.get(Metric.NORMAL_MSE))));
    return new CategoryResult(
        values,
        new ImageCounts(
            fields.path("images").asLong(),
            fields.path("anomalous_images").asLong(),
            fields.path("images_without_mask").asLong(),
            fields.path("regions").asLong()),
        new F1Threshold(
            MetricFields.get(fields, "f1_threshold", 0), MetricFields.get(fields, "f1", 0)),
        curve(fields.path("roc")),
        curve(fields.path("pro")),
        defects,
        DecisionJson.get(fields, values));
  }

  private ObjectNode defect(DefectResult result) {
    ObjectNode fields = Json.object();
    Metric.AREAS.forEach(metric -> MetricFields.put(fields, metric, result.values()));
    fields.put("images", result.images());
    fields.put("regions", result.regions());
    Metric.MORE.forEach(metric -> MetricFields.put(fields, metric, result.values()));
    MetricFields.put(fields, DecisionJson.AREA_SHARE, result.areaShare());
    DecisionJson.put(fields, result.atThreshold(), "the category has none");
    return fields;
  }

  private static DefectResult defect(JsonNode fields, Area normalMse) {
    return new DefectResult(
        MetricValues.of(
            metric ->
                metric == Metric.NORMAL_MSE
                    ? normalMse
                    : MetricFields.get(fields, metric.key(), 0)),
        fields.path("images").asLong(),
        fields.path("regions").asLong(),
        MetricFields.get(fields, DecisionJson.AREA_SHARE, 0),
        DecisionJson.atThreshold(fields));
  }

  private ArrayNode curve(List<CurvePoint> points) {
    ArrayNode curve = Json.array();
    points.forEach(p -> curve.addArray().add(p.falsePositiveRate()).add(p.overlap()));
    return curve;
  }

  private static List<CurvePoint> curve(JsonNode points) {
    List<CurvePoint> curve = new ArrayList<>();
    points.forEach(p -> curve.add(new CurvePoint(p.get(0).asDouble(), p.get(1).asDouble())));
    return curve;
  }
}
