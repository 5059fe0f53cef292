package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreSetting;
import org.fairspark.scoring.ScoreChoice;
import org.fairspark.scoring.ScoreStatistic;

/**
 * The image score that a model was calibrated with: a part of {@code calibration.json}.
 *
 * @param asked the word of {@code evaluation.score}
 * @param maps the settings of the anomaly maps that it was chosen for, as a fingerprint
 * @param choice the statistic and why it was taken
 * @param positionsSha256 of the file of normal images' maps by position; empty for a statistic that
 *     knows none
 */
public record ModelScore(
    String asked, String maps, ScoreChoice choice, Optional<String> positionsSha256) {
  /** The score of a model that nothing was chosen for: the map's maximum. */
  public static final ModelScore PAPER =
      new ModelScore(
          ScoreStatistic.PAPER.word(),
          "",
          ScoreChoice.without(ScoreStatistic.PAPER, "evaluation.score"),
          Optional.empty());

  /** Returns the fingerprint of the settings that decide an anomaly map, beside the model. */
  public static String maps(FairConfig config) {
    return config.fingerprint(
        "evaluation.gradient",
        "evaluation.color-weight",
        "evaluation.color-order",
        "evaluation.scales",
        "evaluation.smoothing");
  }

  /** Returns the score of a model, as it was chosen under a configuration. */
  public static ModelScore of(FairConfig config, ScoreChoice choice) {
    if (config.evaluation().score() == ScoreSetting.PAPER) {
      return PAPER;
    }
    return new ModelScore(
        config.evaluation().score().word(), maps(config), choice, Optional.empty());
  }

  ModelScore with(Optional<String> positions) {
    return new ModelScore(asked, maps, choice, positions);
  }

  ScoreStatistic statistic() {
    return choice.statistic();
  }

  /** Returns its fields of the JSON file; empty for {@link #PAPER}, which is the default. */
  Optional<Map<String, Object>> toJson() {
    if (asked.equals(ScoreStatistic.PAPER.word())) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", asked);
    fields.put("statistic", statistic().word());
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
    return Optional.of(fields);
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
    return new ModelScore(
        node.path("asked").asText(),
        node.path("maps").asText(),
        new ScoreChoice(
            statistic(node.path("statistic")),
            evidence,
            node.path("trial_images").asInt(),
            node.path("reason").asText()),
        Optional.ofNullable(node.path("positions_sha256").textValue()));
  }

  private static ScoreStatistic statistic(JsonNode node) {
    return ScoreStatistic.ofWord(node.asText())
        .orElseThrow(() -> new IllegalArgumentException("no score is named " + node));
  }
}
