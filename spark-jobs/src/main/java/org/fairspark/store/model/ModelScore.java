package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.scoring.PixelChoice;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.ScoreChoice;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.scoring.Scorer;

/**
 * The scores of images and pixels that a model was calibrated with: a part of {@code
 * calibration.json}.
 *
 * @param asked the words of {@code evaluation.score} and {@code evaluation.pixel-score}
 * @param maps the settings of the anomaly maps that they were chosen for, as a fingerprint
 * @param choice the images' statistic and why it was taken
 * @param pixels the pixels' statistic and why it was taken
 * @param positionsSha256 of the file of normal images' maps by position; empty where neither
 *     statistic knows any
 */
public record ModelScore(
    Asked asked,
    String maps,
    ScoreChoice choice,
    PixelChoice pixels,
    Optional<String> positionsSha256) {
  /** The scores of a model that nothing was chosen for: the map, and its maximum. */
  public static final ModelScore PAPER =
      new ModelScore(
          Asked.PAPER,
          "",
          ScoreChoice.without(ScoreStatistic.PAPER, "evaluation.score"),
          PixelChoice.without(PixelStatistic.PAPER, "evaluation.pixel-score"),
          Optional.empty());

  /**
   * The words of the settings that ask for scores.
   *
   * @param score of {@code evaluation.score}
   * @param pixelScore of {@code evaluation.pixel-score}
   */
  public record Asked(String score, String pixelScore) {
    static final Asked PAPER = new Asked(ScoreStatistic.PAPER.word(), PixelStatistic.PAPER.word());

    /** Returns what a configuration asks for. */
    public static Asked of(FairConfig config) {
      EvaluationConfig evaluation = config.evaluation();
      return new Asked(evaluation.score().word(), evaluation.pixelScore().word());
    }

    /** Returns the settings, as they are written on the command line. */
    public String describe() {
      return pixelScore.equals(PAPER.pixelScore)
          ? "evaluation.score=" + score
          : "evaluation.score=%s and evaluation.pixel-score=%s".formatted(score, pixelScore);
    }
  }

  private static final String PIXELS = "pixels";

  /** The settings that decide an anomaly map, beside the model. */
  private static final String[] MAPS = {
    "evaluation.gradient",
    "evaluation.color-weight",
    "evaluation.color-order",
    "evaluation.scales",
    "evaluation.smoothing"
  };

  /** Returns the fingerprint of the settings that decide an anomaly map, beside the model. */
  public static String maps(FairConfig config) {
    return config.fingerprint(MAPS);
  }

  /**
   * Returns the settings that decide an anomaly map, beside the model, of one configuration where
   * another has other ones.
   */
  public static Map<String, String> otherMaps(FairConfig one, FairConfig other) {
    Map<String, String> differences = one.effective(MAPS);
    differences.entrySet().removeAll(other.effective(MAPS).entrySet());
    return differences;
  }

  /** Returns the scores of a model, as they were chosen under a configuration. */
  public static ModelScore of(FairConfig config, ScoreChoice choice, PixelChoice pixels) {
    Asked asked = Asked.of(config);
    return asked.equals(Asked.PAPER)
        ? PAPER
        : new ModelScore(asked, maps(config), choice, pixels, Optional.empty());
  }

  ModelScore with(Optional<String> positions) {
    return new ModelScore(asked, maps, choice, pixels, positions);
  }

  /** Returns whether images or pixels are scored by position. */
  public boolean byPosition() {
    return Scorer.byPosition(choice.statistic(), pixels.statistic());
  }

  /** Returns the choices and their evidence in one line, without the category. */
  public String describe() {
    return pixels.equals(PAPER.pixels())
        ? choice.describe()
        : choice.describe() + "; " + pixels.describe();
  }

  /** Returns its fields of the JSON file; empty for {@link #PAPER}, which is the default. */
  Optional<Map<String, Object>> toJson() {
    if (asked.equals(Asked.PAPER)) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", asked.score());
    fields.put("statistic", choice.statistic().word());
    fields.put("reason", choice.reason());
    fields.put("maps", maps);
    positionsSha256.ifPresent(sha -> fields.put("positions_sha256", sha));
    fields.put("trial_images", choice.images());
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (ScoreChoice.Evidence e : choice.evidence()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("statistic", e.statistic().word());
      one.put("auroc", e.auroc());
      one.put("lead", e.lead());
      one.put("lead_low", e.leadLow());
      one.put("lead_high", e.leadHigh());
      evidence.add(one);
    }
    fields.put("evidence", evidence);
    if (!asked.pixelScore().equals(Asked.PAPER.pixelScore())) {
      fields.put(PIXELS, pixelsToJson());
    }
    return Optional.of(fields);
  }

  private Map<String, Object> pixelsToJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", asked.pixelScore());
    fields.put("statistic", pixels.statistic().word());
    fields.put("reason", pixels.reason());
    fields.put("trial_images", pixels.images());
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (PixelChoice.Evidence e : pixels.evidence()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("statistic", e.statistic().word());
      one.put("auroc", e.auroc());
      one.put("aupro", e.aupro());
      one.put("auroc_lead_low", e.aurocLeadLow());
      one.put("aupro_lead_low", e.auproLeadLow());
      evidence.add(one);
    }
    fields.put("evidence", evidence);
    return fields;
  }

  /**
   * Reads the fields.
   *
   * @throws IllegalArgumentException if a statistic is not known
   */
  static ModelScore fromJson(JsonNode node) {
    if (node.isMissingNode()) {
      return PAPER;
    }
    List<ScoreChoice.Evidence> evidence = new ArrayList<>();
    for (JsonNode e : node.path("evidence")) {
      evidence.add(
          new ScoreChoice.Evidence(
              statistic(e.path("statistic")),
              e.path("auroc").asDouble(),
              e.path("lead").asDouble(),
              e.path("lead_low").asDouble(),
              e.path("lead_high").asDouble()));
    }
    JsonNode pixels = node.path(PIXELS);
    return new ModelScore(
        new Asked(
            node.path("asked").asText(), pixels.path("asked").asText(Asked.PAPER.pixelScore())),
        node.path("maps").asText(),
        new ScoreChoice(
            statistic(node.path("statistic")),
            evidence,
            node.path("trial_images").asInt(),
            node.path("reason").asText()),
        pixels.isMissingNode() ? PAPER.pixels() : pixelsFromJson(pixels),
        Optional.ofNullable(node.path("positions_sha256").textValue()));
  }

  private static PixelChoice pixelsFromJson(JsonNode node) {
    List<PixelChoice.Evidence> evidence = new ArrayList<>();
    for (JsonNode e : node.path("evidence")) {
      evidence.add(
          new PixelChoice.Evidence(
              pixelStatistic(e.path("statistic")),
              e.path("auroc").asDouble(),
              e.path("aupro").asDouble(),
              e.path("auroc_lead_low").asDouble(),
              e.path("aupro_lead_low").asDouble()));
    }
    return new PixelChoice(
        pixelStatistic(node.path("statistic")),
        evidence,
        node.path("trial_images").asInt(),
        node.path("reason").asText());
  }

  private static PixelStatistic pixelStatistic(JsonNode node) {
    return PixelStatistic.ofWord(node.asText())
        .orElseThrow(() -> new IllegalArgumentException("no pixel score is named " + node));
  }

  private static ScoreStatistic statistic(JsonNode node) {
    return ScoreStatistic.ofWord(node.asText())
        .orElseThrow(() -> new IllegalArgumentException("no score is named " + node));
  }
}
