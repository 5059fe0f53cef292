package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.F1Threshold;
import org.fairspark.metrics.GroupResult;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.ScoreSeparation;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;

/** The metrics of decisions as fields of a category in {@code metrics.json}, and back. */
public final class DecisionJson {
  static final String AREA_SHARE = "area_share";

  /** The columns of decisions in tables. */
  public static final List<String> DECIDED =
      List.of(
          "image_precision",
          "image_recall",
          "image_f1",
          "false_alarm_rate",
          "pixel_f1",
          "background_false_positive_rate");

  /** The same and the share of an image that a kind of defect covers. */
  static final List<String> IN_TABLES =
      Stream.concat(DECIDED.stream(), Stream.of(AREA_SHARE)).toList();

  private static final String AT_THRESHOLD = "at_threshold";
  private static final String GROUPS = "groups";
  private static final String NOT_MEASURED = "it was not measured";

  private DecisionJson() {}

  /** Returns the values of the columns {@link #DECIDED}. */
  public static List<Area> inTables(Optional<AtThreshold> decided) {
    return decided
        .map(
            d ->
                List.of(
                    d.images().precision(),
                    d.images().recall(),
                    d.images().f1(),
                    d.images().falsePositiveRate(),
                    d.pixels().f1(),
                    d.pixels().falsePositiveRate()))
        .orElseGet(
            () -> {
              Area none = Area.notDefined("no thresholds are known");
              return List.of(none, none, none, none, none, none);
            });
  }

  static void put(ObjectNode fields, CategoryResult result) {
    Metric.MORE.forEach(metric -> MetricFields.put(fields, metric, result.values()));
    DecisionResult decisions = result.decisions();
    MetricFields.put(fields, "image_f1_max_threshold", result.best().threshold());
    MetricFields.put(fields, "pixel_f1_max_threshold", decisions.bestOfPixels().threshold());
    put(fields, decisions.atThreshold(), decisions.undecided());
    decisions.groups().ifPresent(groups -> put(fields.putObject(GROUPS), groups));
    put(fields, "by_condition", decisions.byCondition());
    put(fields, "by_view", decisions.byView());
    put(fields, "under_changes", decisions.underChanges());
  }

  static DecisionResult get(JsonNode fields, MetricValues values) {
    return new DecisionResult(
        new F1Threshold(
            MetricFields.get(fields, "pixel_f1_max_threshold", 0), values.get(Metric.PIXEL_F1_MAX)),
        atThreshold(fields),
        fields.path(AT_THRESHOLD).isObject()
            ? ""
            : MetricFields.get(fields, AT_THRESHOLD, 0) instanceof Area.NotDefined none
                ? none.because()
                : NOT_MEASURED,
        Optional.of(fields.path(GROUPS)).filter(JsonNode::isObject).map(DecisionJson::groups),
        slices(fields, "by_condition"),
        slices(fields, "by_view"),
        slices(fields, "under_changes"));
  }

  /**
   * Puts decisions.
   *
   * @param undecided why there are none
   */
  public static void put(ObjectNode fields, Optional<AtThreshold> decided, String undecided) {
    if (decided.isEmpty()) {
      MetricFields.put(fields, AT_THRESHOLD, Area.notDefined(undecided));
      return;
    }
    AtThreshold at = decided.get();
    ObjectNode node = fields.putObject(AT_THRESHOLD);
    node.put("image_threshold", at.levels().image());
    node.put("pixel_threshold", at.levels().pixel());
    if (at.levels().lowPixel() < at.levels().pixel()) {
      node.put("low_pixel_threshold", at.levels().lowPixel());
    }
    List<Area> values = inTables(decided);
    for (int i = 0; i < values.size(); i++) {
      MetricFields.put(node, IN_TABLES.get(i), values.get(i));
    }
    put(node.putObject("images"), at.images());
    put(node.putObject("pixels"), at.pixels());
  }

  /** Reads the decisions of fields, if there are any. */
  public static Optional<AtThreshold> atThreshold(JsonNode fields) {
    JsonNode node = fields.path(AT_THRESHOLD);
    return node.isObject()
        ? Optional.of(
            new AtThreshold(
                new DecisionLevels(
                    (float) node.path("image_threshold").asDouble(),
                    (float) node.path("pixel_threshold").asDouble(),
                    (float)
                        node.path("low_pixel_threshold")
                            .asDouble(node.path("pixel_threshold").asDouble())),
                confusion(node.path("images"), "images"),
                confusion(node.path("pixels"), "pixels")))
        : Optional.empty();
  }

  private static void put(ObjectNode fields, Confusion counts) {
    fields.put("true_positives", counts.truePositives());
    fields.put("false_positives", counts.falsePositives());
    fields.put("true_negatives", counts.trueNegatives());
    fields.put("false_negatives", counts.falseNegatives());
  }

  private static Confusion confusion(JsonNode fields, String ofWhat) {
    return new Confusion(
        fields.path("true_positives").asLong(),
        fields.path("false_positives").asLong(),
        fields.path("true_negatives").asLong(),
        fields.path("false_negatives").asLong(),
        ofWhat);
  }

  private static void put(ObjectNode fields, GroupResult groups) {
    fields.put("groups", groups.groups());
    fields.put("anomalous_groups", groups.anomalous());
    MetricFields.put(fields, "auroc", groups.separation().auroc());
    MetricFields.put(fields, "ap", groups.separation().averagePrecision());
    MetricFields.put(fields, "f1_max", groups.separation().best().f1());
    MetricFields.put(fields, "f1_max_threshold", groups.separation().best().threshold());
    groups
        .decided()
        .ifPresent(
            decided -> {
              ObjectNode node = fields.putObject(AT_THRESHOLD);
              MetricFields.put(node, "precision", decided.precision());
              MetricFields.put(node, "recall", decided.recall());
              MetricFields.put(node, "f1", decided.f1());
              MetricFields.put(node, "false_alarm_rate", decided.falsePositiveRate());
              put(node, decided);
            });
  }

  private static GroupResult groups(JsonNode fields) {
    return new GroupResult(
        fields.path("groups").asLong(),
        fields.path("anomalous_groups").asLong(),
        new ScoreSeparation(
            MetricFields.get(fields, "auroc", 0),
            MetricFields.get(fields, "ap", 0),
            new F1Threshold(
                MetricFields.get(fields, "f1_max_threshold", 0),
                MetricFields.get(fields, "f1_max", 0))),
        Optional.of(fields.path(AT_THRESHOLD))
            .filter(JsonNode::isObject)
            .map(node -> confusion(node, "groups")));
  }

  private static void put(ObjectNode fields, String name, Slices slices) {
    if (!slices.because().isEmpty()) {
      MetricFields.put(fields, name, Area.notDefined(slices.because()));
    } else if (!slices.byValue().isEmpty()) {
      ObjectNode node = fields.putObject(name);
      slices
          .byValue()
          .forEach(
              (value, slice) -> {
                ObjectNode one = node.putObject(value);
                MetricFields.put(one, slice.values());
                one.put("images", slice.counts().images());
                one.put("anomalous_images", slice.counts().anomalous());
                one.put("images_without_mask", slice.counts().withoutMask());
                one.put("regions", slice.counts().regions());
                put(one, slice.atThreshold(), "the category has none");
              });
    }
  }

  private static Slices slices(JsonNode fields, String name) {
    SortedMap<String, SliceResult> byValue = new TreeMap<>();
    fields.path(name).fields().forEachRemaining(e -> byValue.put(e.getKey(), slice(e.getValue())));
    return new Slices(
        byValue,
        fields.path(name).isNull()
                && MetricFields.get(fields, name, 0) instanceof Area.NotDefined none
            ? none.because()
            : "");
  }

  private static SliceResult slice(JsonNode fields) {
    return new SliceResult(
        MetricFields.get(fields),
        new ImageCounts(
            fields.path("images").asLong(),
            fields.path("anomalous_images").asLong(),
            fields.path("images_without_mask").asLong(),
            fields.path("regions").asLong()),
        atThreshold(fields));
  }
}
