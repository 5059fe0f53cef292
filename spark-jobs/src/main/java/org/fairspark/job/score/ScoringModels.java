package org.fairspark.job.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.EngineSetting;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreConfig;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Methods;
import org.fairspark.failure.FairException;
import org.fairspark.files.PathNames;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.EngineSource;
import org.fairspark.inference.GraphSource;
import org.fairspark.inference.ModelSource;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.UnetSpec;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import scala.Tuple2;

/**
 * The models under {@code score.model}: one, or one per category.
 *
 * @param folder that holds them by category
 * @param trained by category
 */
record ScoringModels(OutputRoot folder, SortedMap<String, ModelMetadata> trained) {
  private static final String MODELS = "models";
  private static final String MANIFEST = "manifest.json";

  /** What stands in Spark's settings before one of Hadoop. */
  private static final String HADOOP = "spark.hadoop.";

  /**
   * Finds the models; no weights are read.
   *
   * @throws FairException if there are none, or not the one of the given category
   */
  static ScoringModels find(Configuration hadoop, ScoreConfig score) {
    String location = score.model().orElseThrow();
    if (location.endsWith(".onnx")) {
      throw FairException.refused(
          "score.model is an ONNX file, and its thresholds come from normal images",
          location,
          "run train with method.kind=onnx, method.backbone=%s and method.layers=[MAP, SCORE],"
                  .formatted(location)
              + " outputs of the file, then give OUT/models as score.model");
    }
    SortedMap<String, ModelMetadata> trained = new TreeMap<>();
    OutputRoot folder;
    try {
      Path path = new Path(location);
      FileSystem fs = path.getFileSystem(hadoop);
      Path whole = fs.makeQualified(path);
      boolean single = fs.exists(new Path(whole, MANIFEST));
      Path parent = single ? whole.getParent() : whole;
      folder = OutputRoot.of(hadoop, parent.toString()).sharing(MODELS, parent);
      if (single) {
        trained.put(whole.getName(), new ModelStore(folder, whole.getName()).metadata());
      } else {
        for (FileStatus status : fs.listStatus(whole)) {
          String name = status.getPath().getName();
          if (status.isDirectory()
              && !name.startsWith(".")
              && fs.exists(new Path(status.getPath(), MANIFEST))) {
            trained.put(name, new ModelStore(folder, name).metadata());
          }
        }
      }
    } catch (FileNotFoundException e) {
      throw FairException.refused(
          "score.model does not exist", location, "give OUT/models of a run, or one folder in it");
    } catch (IOException e) {
      throw FairException.refused(
          "score.model cannot be read: " + e.getMessage(),
          location,
          "check that the address is right and that this user may read it");
    }
    if (trained.isEmpty()) {
      throw FairException.refused(
          "there is no finished model in score.model",
          location,
          "give OUT/models of a run whose training has ended, or one folder in it");
    }
    score
        .category()
        .filter(category -> !trained.containsKey(category))
        .ifPresent(
            category -> {
              throw FairException.refused(
                  "score.model has no model of %s; there are %s"
                      .formatted(category, String.join(", ", trained.keySet())),
                  location,
                  "correct score.category, or give another score.model");
            });
    ScoringModels models = new ScoringModels(folder, trained);
    trained.values().forEach(models::requireWhole);
    return models;
  }

  /**
   * Refuses a model of which a part was not copied.
   *
   * @throws FairException if a network or file of it is missing
   */
  private void requireWhole(ModelMetadata metadata) {
    FairConfig settings = metadata.settings();
    Method method = settings.scoringMethod();
    for (MethodNetwork network : method.networks(settings.detection())) {
      ModelStore.of(folder, network, metadata.category()).requireWeights();
    }
    if (method.needsBackbone()) {
      new ModelStore(folder, metadata.category()).requireBackbone();
    }
  }

  /**
   * Returns the memory of detecting by any of the models, before there is a Spark. Where they
   * cannot be read it is that of this run's settings: {@link #find} says later what is wrong.
   */
  static MemoryPlan memory(FairConfig config, SparkConf conf) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : conf.getAll()) {
      if (setting._1().startsWith(HADOOP)) {
        hadoop.set(setting._1().substring(HADOOP.length()), setting._2());
      }
    }
    try {
      return find(hadoop, config.score()).largest(config, conf);
    } catch (FairException e) {
      return MemoryPlan.ofDetecting(config, config.scoringMethod(), config.score().engine(), conf);
    }
  }

  /**
   * Returns the memory of detecting by the largest of the models, each by the method and the
   * settings that it was trained with.
   *
   * @param conf of a Spark
   */
  MemoryPlan largest(FairConfig config, SparkConf conf) {
    return trained.values().stream()
        .map(
            metadata ->
                ScoringModel.memory(
                    metadata, config.score(), config.evaluation().batchSize(), conf))
        .reduce(MemoryPlan::or)
        .orElseThrow();
  }

  /**
   * Returns the rule that tells an image's category.
   *
   * @param dataRoot as an absolute URI
   */
  CategoryRule rule(ScoreConfig score, String dataRoot) {
    return new CategoryRule(
        score.category().orElse(null),
        score.categoryPattern().map(Pattern::compile).orElse(null),
        trained.keySet(),
        PathNames.last(dataRoot));
  }

  /**
   * Returns what tasks need of each, but for the weights.
   *
   * @param batchSize images that the network sees at a time
   */
  SortedMap<String, ScoringModel> scoring(ScoreConfig score, int batchSize) {
    SortedMap<String, ScoringModel> models = new TreeMap<>();
    trained.forEach(
        (category, metadata) -> models.put(category, ScoringModel.of(metadata, score, batchSize)));
    return models;
  }

  /**
   * Reads networks and broadcasts them, for the engine that was asked for or one in its place.
   *
   * @param warn told in one line if another engine restores than was asked for, or than set the
   *     model's threshold
   */
  DetectorSource source(
      JavaSparkContext spark, ScoringModel scoring, EngineSetting asked, Consumer<String> warn) {
    String category = scoring.category();
    Map<String, EngineSource<?>> networks = new LinkedHashMap<>();
    for (MethodNetwork network : Methods.of(scoring.method()).networks(scoring.settings())) {
      ModelStore store = ModelStore.of(folder, network, category);
      if (network.isGraph()) {
        networks.put(network.name(), GraphSource.broadcast(spark, store));
        continue;
      }
      TrainedModel model = store.open();
      InferenceEngine engine =
          network.engine().orElseGet(() -> engine(asked, category, model.state().unet(), warn));
      networks.put(network.name(), ModelSource.broadcast(spark, engine, model.id(), model.state()));
    }
    Method method = Methods.of(scoring.method());
    return new DetectorSource(
            scoring.method(),
            scoring.settings(),
            networks,
            DetectorSource.fitted(spark, method, scoring.settings(), folder, category),
            scoring.inspection(),
            null)
        .scoredBy(spark, new ModelStore(folder, category).scorer());
  }

  private InferenceEngine engine(
      EngineSetting asked, String category, UnetSpec spec, Consumer<String> warn) {
    EngineChoice choice = EngineChoice.of(asked, spec);
    choice.instead().ifPresent(reason -> warn.accept(category + ": " + reason));
    trained
        .get(category)
        .calibration()
        .engine()
        .filter(calibrated -> calibrated != choice.engine())
        .ifPresent(calibrated -> warn.accept(category + ": " + choice.unlike(calibrated)));
    return choice.engine();
  }
}
