package org.fairspark.store.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.Threshold;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.ScoreHistogram;
import org.fairspark.metrics.Uncovered;
import org.fairspark.network.InferenceEngine;
import org.fairspark.text.Json;

/**
 * {@code calibration.json} of a model: its thresholds, or why there are none.
 *
 * @param found the calibration
 * @param engine what restored the held-out images, empty where there is no calibration
 * @param reason why there is none, empty otherwise
 * @param score the image score that the thresholds are of
 * @param mapLevels the levels of the held-out images' maps; empty where there is no calibration, or
 *     one of an older version
 * @param traits of the held-out images
 * @param inspection what of the maps counts: the thresholds are of that, and everything that works
 *     with the model takes it from here
 */
public record ModelCalibration(
    Optional<Calibration> found,
    Optional<InferenceEngine> engine,
    String reason,
    ModelScore score,
    Optional<Uncovered.Range> mapLevels,
    KnownTraits traits,
    Inspection inspection) {

  private static final String LEVELS = "map_levels";
  private static final String TRAITS = "traits";
  private static final String INSPECTION = "inspection";

  public static ModelCalibration of(Calibration calibration, InferenceEngine engine) {
    return new ModelCalibration(
        Optional.of(calibration),
        Optional.of(engine),
        "",
        ModelScore.PAPER,
        Optional.empty(),
        KnownTraits.NONE,
        Inspection.WHOLE);
  }

  public static ModelCalibration none(String reason) {
    return new ModelCalibration(
        Optional.empty(),
        Optional.empty(),
        reason,
        ModelScore.PAPER,
        Optional.empty(),
        KnownTraits.NONE,
        Inspection.WHOLE);
  }

  /** Returns this calibration as one of another image score. */
  public ModelCalibration with(ModelScore other) {
    return new ModelCalibration(found, engine, reason, other, mapLevels, traits, inspection);
  }

  /** Returns this calibration with the levels of the held-out images' maps. */
  public ModelCalibration with(Uncovered.Range levels) {
    return new ModelCalibration(
        found, engine, reason, score, Optional.of(levels), traits, inspection);
  }

  /** Returns this calibration with the traits of the held-out images. */
  public ModelCalibration with(KnownTraits other) {
    return new ModelCalibration(found, engine, reason, score, mapLevels, other, inspection);
  }

  /** Returns this calibration as one of maps of which only so much counts. */
  public ModelCalibration with(Inspection other) {
    return new ModelCalibration(found, engine, reason, score, mapLevels, traits, other);
  }

  /** Returns the thresholds by which images and their pixels are decided on, if there are such. */
  public Optional<DecisionLevels> levels() {
    return found.map(
        c ->
            new DecisionLevels(
                c.image().value(),
                c.pixel().value(),
                (float) (c.pixel().value() * inspection.hysteresis())));
  }

  /** Returns how many images set the thresholds; 0 if there are no thresholds. */
  public int images() {
    return found.map(Calibration::images).orElse(0);
  }

  /** Returns a human-readable description, without the category. */
  public String describe() {
    return score.equals(ModelScore.PAPER) ? thresholds() : thresholds() + "; " + score.describe();
  }

  private String thresholds() {
    return found
        .map(
            c ->
                String.format(
                    Locale.ROOT,
                    "threshold %.4f from %d held-out images (of normal images %.1f to %.1f %% lie"
                        + " above it)",
                    c.image().value(),
                    c.images(),
                    100 * c.image().rateLow(),
                    100 * c.image().rateHigh()))
        .orElse("not calibrated, because " + reason);
  }

  String toJson() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("format", 1);
    file.put("calibrated", found.isPresent());
    if (found.isEmpty()) {
      file.put("reason", reason);
    } else {
      Calibration calibration = found.get();
      file.put("image_threshold", threshold(calibration.image()));
      file.put("pixel_threshold", threshold(calibration.pixel()));
      file.put("pixel_share", calibration.pixelShare());
      file.put("engine", engine.orElseThrow().name().toLowerCase(Locale.ROOT));
      byte[] scores = calibration.scores().toBytes();
      file.put("scores", Base64.getEncoder().encodeToString(scores));
    }
    score.toJson().ifPresent(fields -> file.put("score", fields));
    mapLevels.ifPresent(
        levels ->
            file.put(
                LEVELS,
                Map.of("low", levels.low(), "high", levels.high(), "images", levels.images())));
    if (!traits.equals(KnownTraits.NONE)) {
      file.put(TRAITS, traits.tree());
    }
    if (!inspection.equals(Inspection.WHOLE)) {
      file.put(INSPECTION, InspectionJson.tree(inspection));
    }
    return Json.pretty(file);
  }

  private static Map<String, Object> threshold(Threshold threshold) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", threshold.value());
    fields.put("images", threshold.count());
    fields.put("rank", threshold.rank());
    fields.put("false_positive_rate", threshold.falsePositiveRate());
    fields.put("confidence", threshold.confidence());
    // JSON has no infinity: null says that so few images give no bound.
    fields.put("quantile_low", Float.isFinite(threshold.low()) ? threshold.low() : null);
    fields.put("quantile_high", Float.isFinite(threshold.high()) ? threshold.high() : null);
    fields.put("rate_low", threshold.rateLow());
    fields.put("rate_high", threshold.rateHigh());
    return fields;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static ModelCalibration fromJson(String text) {
    JsonNode file;
    try {
      file = Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (file.path("format").asInt() != 1) {
      throw new IllegalArgumentException("format " + file.path("format") + " where 1 is known");
    }
    ModelScore score = ModelScore.fromJson(file.path("score"));
    Inspection inspection = InspectionJson.inspection(file.path(INSPECTION));
    if (!file.path("calibrated").asBoolean()) {
      return none(file.path("reason").asText()).with(score).with(inspection);
    }
    return of(
            new Calibration(
                threshold(file.path("image_threshold")),
                threshold(file.path("pixel_threshold")),
                file.path("pixel_share").asDouble(),
                ScoreHistogram.fromBytes(Base64.getDecoder().decode(file.path("scores").asText()))),
            engine(file.path("engine")))
        .with(score)
        .with(inspection)
        .with(KnownTraits.of(file.path(TRAITS)))
        .withLevels(file.path(LEVELS));
  }

  private ModelCalibration withLevels(JsonNode node) {
    return node.isMissingNode()
        ? this
        : with(
            new Uncovered.Range(
                node.path("low").asDouble(),
                node.path("high").asDouble(),
                node.path("images").asInt()));
  }

  /** Files without the field are of versions that calibrated by DL4J, whatever scored. */
  private static InferenceEngine engine(JsonNode node) {
    return node.isMissingNode()
        ? InferenceEngine.DL4J
        : InferenceEngine.valueOf(node.asText().toUpperCase(Locale.ROOT));
  }

  private static Threshold threshold(JsonNode node) {
    return new Threshold(
        (float) node.path("value").asDouble(),
        node.path("rank").asInt(),
        node.path("images").asInt(),
        node.path("false_positive_rate").asDouble(),
        node.path("confidence").asDouble(),
        bound(node.path("quantile_low"), Float.NEGATIVE_INFINITY),
        bound(node.path("quantile_high"), Float.POSITIVE_INFINITY),
        node.path("rate_low").asDouble(),
        node.path("rate_high").asDouble());
  }

  private static float bound(JsonNode node, float missing) {
    return node.isNumber() ? (float) node.asDouble() : missing;
  }
}
