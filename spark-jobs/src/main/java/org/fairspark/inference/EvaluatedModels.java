package org.fairspark.inference;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.failure.FairException;
import org.fairspark.inspection.Inspection;
import org.fairspark.network.InferenceEngine;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.InspectionJson;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;

/**
 * The models of the categories that are evaluated, and the settings of each: what decides a network
 * (method, filter, shape) as the model was trained with, whatever the command says, and everything
 * else as the command says.
 *
 * @param root that holds the models
 * @param asked the command's settings
 * @param settings by category
 */
public record EvaluatedModels(
    OutputRoot root, FairConfig asked, SortedMap<String, FairConfig> settings) {

  public EvaluatedModels {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * Opens the models' manifests.
   *
   * @throws FairException if there is no model of a category, or the models are of several methods
   *     or filters, which one table cannot hold
   */
  public static EvaluatedModels open(
      OutputRoot root, FairConfig asked, Collection<String> categories) {
    SortedMap<String, FairConfig> settings = new TreeMap<>();
    for (String category : categories) {
      settings.put(
          category,
          asked.detectionMethod().hasModel(asked.detection())
              ? settings(asked, new ModelStore(root, category).metadata())
              : asked);
    }
    EvaluatedModels models = new EvaluatedModels(root, asked, settings);
    settings.forEach((category, own) -> models.requireAlike(category, own));
    return models;
  }

  private void requireAlike(String category, FairConfig own) {
    Map<String, String> others = own.effective("evaluation", "filter", "method.kind");
    Map<String, String> first = config().effective("evaluation", "filter", "method.kind");
    if (!others.equals(first)) {
      throw FairException.refused(
          "the models of %s and %s were trained with other settings: %s"
              .formatted(
                  settings.firstKey(),
                  category,
                  String.join("; ", Provenance.of(first).differences(Provenance.of(others)))),
          root.path(ModelStore.MODELS).toString(),
          "evaluate them apart: data.categories, and an output.root for each");
    }
  }

  /** Returns a command's settings with those that decide the network from the model. */
  private static FairConfig settings(FairConfig asked, ModelMetadata model) {
    FairConfig trained = model.settings();
    boolean sameMethod = asked.scoringMethod().equals(trained.scoringMethod());
    Map<String, String> own = new LinkedHashMap<>();
    trained
        .differences(asked)
        .forEach(
            (key, value) -> {
              // A method may build on the one that the model is of, and is the command's to choose.
              boolean ofMethod =
                  key.equals("method.kind")
                      || key.equals("evaluation.function")
                      || key.startsWith("corruption.");
              if (ofMethod
                  ? !sameMethod
                  : key.startsWith("method.")
                      || key.startsWith("filter.")
                      || key.startsWith("model.")) {
                own.put(key, value);
              }
            });
    return own.isEmpty() ? asked : asked.with(own);
  }

  /** Returns the settings of the evaluation: what is said of a network is the first category's. */
  public FairConfig config() {
    return settings.isEmpty() ? asked : settings.get(settings.firstKey());
  }

  /** Returns one line about the settings that are the models' and not the command's, if any are. */
  public Optional<String> line() {
    Map<String, String> others = new TreeMap<>();
    settings.values().forEach(own -> others.putAll(own.differences(asked)));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the models were trained with other settings than this command's, and theirs are taken:"
                + " "
                + written(others));
  }

  static String written(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Chooses what restores: one engine that can run all the networks. */
  public EngineChoice engine() {
    return EngineChoice.of(
        asked.evaluation().engine(),
        settings.isEmpty()
            ? List.of(asked.detection().networkSpec())
            : settings.values().stream().map(own -> own.detection().networkSpec()).toList());
  }

  /** Returns the thresholds of every category. */
  public SortedMap<String, CalibratedLevels> levels() {
    SortedMap<String, CalibratedLevels> levels = new TreeMap<>();
    settings.forEach(
        (category, own) -> levels.put(category, CalibratedLevels.of(own, root, category)));
    return levels;
  }

  /** Returns what of a category's maps counts. */
  public Inspection inspection(String category) {
    return Inspections.kept(settings.get(category), root, category);
  }

  /** Returns the score of a category's images and pixels. */
  public EvaluationScore score(String category) {
    return EvaluationScore.of(settings.get(category), root, category);
  }

  /** Returns whether {@link #score} is to come from a model that was calibrated for another. */
  public boolean isCalibratedForOtherScores(String category) {
    FairConfig own = settings.get(category);
    if (!own.evaluation().scoresNeedCalibration()
        || !own.detectionMethod().equals(own.scoringMethod())) {
      return false;
    }
    ModelScore score = new ModelStore(root, category).metadata().calibration().score();
    return !score.asked().equals(ModelScore.Asked.of(own))
        || !score.maps().equals(ModelScore.maps(own));
  }

  /**
   * Returns what the maps of the test images are made from.
   *
   * @param images fingerprint of {@code images/}
   * @param engine that restores
   * @throws FairException if a model was calibrated with other scores than are asked for
   */
  public Provenance maps(String images, InferenceEngine engine) {
    FairConfig config = config();
    Provenance provenance =
        Provenance.of(config.effective("evaluation", "filter"))
            .with("evaluation.engine", engine.name().toLowerCase(Locale.ROOT))
            .with("images", images)
            .with("categories", settings.keySet());
    for (String category : settings.keySet()) {
      if (config.evaluation().scoresNeedCalibration()) {
        provenance = provenance.with("score " + category, score(category).identity());
      }
      Inspection inspection = inspection(category);
      if (!inspection.equals(Inspection.WHOLE)) {
        provenance = provenance.with("inspection " + category, InspectionJson.tree(inspection));
      }
      for (MethodNetwork network : config.detectionMethod().networks(config.detection())) {
        provenance =
            provenance.with(
                network.name() + " " + category, ModelStore.of(root, network, category).id());
      }
      if (config.detectionMethod().needsBackbone()) {
        provenance = provenance.with("model " + category, new ModelStore(root, category).id());
      }
    }
    return provenance;
  }

  /** Broadcasts a category's detector, with its inspection and scores. */
  public DetectorSource source(JavaSparkContext spark, InferenceEngine engine, String category) {
    FairConfig own = settings.get(category);
    return DetectorSource.broadcast(
            spark, own.detectionMethod(), own.detection(), engine, root, category)
        .inspecting(inspection(category))
        .scoredBy(spark, score(category).scorer());
  }
}
