package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.PixelLevel;
import org.fairspark.cluster.FaultyRun;
import org.fairspark.config.ConfigException;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.EnginePool;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.modelfile.NetworkFile;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.fairspark.text.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Methods that train networks of their own on images alone, from training to archives: what their
 * networks find, by plain code once more.
 */
class RivalMethodsTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final List<String> GRAPHS = List.of("cutpaste", "patchsvdd", "intra");
  private static final Path PRESETS =
      Path.of(System.getProperty("fair.repository", "..")).resolve("conf/methods");

  @TempDir private static Path folder;
  private static final boolean PYTORCH = PytorchLibrary.obstacle(false).isEmpty();
  private static DemoDataset.Written data;

  @BeforeAll
  static void run() throws Exception {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 2, 1));
    for (String method : methods()) {
      StringBuilder said = new StringBuilder();
      assertThat(JobCall.run(new RunJob(), config(method, method), said).status())
          .isEqualTo(ExitStatus.DONE);
      assertThat(said.toString()).doesNotContain("other settings");
    }
  }

  /** Returns the methods that can be trained here. */
  private static List<String> methods() {
    List<String> unets = List.of("draem", "riad", "nsa");
    return PYTORCH ? Stream.concat(unets.stream(), GRAPHS.stream()).toList() : unets;
  }

  @AfterAll
  static void forgetFaults() {
    FaultyRun.hadoop(Map.of());
  }

  private static FairConfig config(String method, String output) {
    return ConfigLoader.load(
        List.of(PRESETS.resolve(method + ".conf")),
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + folder.resolve(output),
            "image.size=32",
            "corruption.variants=2",
            "model.width=2",
            "training.epochs=2",
            "calibration.share=0.34",
            "calibration.false-positive-rate=0.2",
            "evaluation.smoothing=5",
            "robustness.changes=[darker-1]"));
  }

  private static OutputRoot root(String output) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve(output).toString());
  }

  private static ModelStore model(String output) {
    return new ModelStore(root(output), "weave");
  }

  private static List<String> heldOut(ModelStore store) {
    List<String> ids = new ArrayList<>();
    store
        .metadata()
        .manifest()
        .path("training")
        .path("held_out")
        .forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static Map<String, FloatImage> images(String output) {
    Map<String, FloatImage> images = new TreeMap<>();
    for (Row row : Table.open(root(output), ImagesTable.SPEC).dataset(SPARK).collectAsList()) {
      images.put(row.getAs(ImagesTable.IMAGE_ID), ImagesTable.pixels(row).toFloat());
    }
    return images;
  }

  /** Detects without Spark, by an engine or by the one that a network is bound to. */
  private static List<Detection> serial(
      String method, InferenceEngine engine, List<FloatImage> images) {
    FairConfig config = config(method, method);
    return with(
        config.detectionMethod().networks(config.detection()),
        method,
        engine,
        new Opened(new HashMap<>(), new HashMap<>()),
        networks -> config.detectionMethod().detector(config.detection(), networks).detect(images));
  }

  /** The networks of a model folder, by name. */
  private record Opened(Map<String, Restorer> unets, Map<String, TrainedGraph> graphs)
      implements TrainedNetworks {
    @Override
    public Restorer network(String name) {
      return unets.get(name);
    }

    @Override
    public TrainedGraph graph(String name) {
      return graphs.get(name);
    }
  }

  private static List<Detection> with(
      List<MethodNetwork> missing,
      String output,
      InferenceEngine engine,
      Opened taken,
      Function<TrainedNetworks, List<Detection>> work) {
    if (missing.isEmpty()) {
      return work.apply(taken);
    }
    MethodNetwork next = missing.get(0);
    List<MethodNetwork> others = missing.subList(1, missing.size());
    ModelStore store = ModelStore.of(root(output), next, "weave");
    if (next.isGraph()) {
      try (TrainedGraph graph = OnnxTrainedGraph.open(store.onnx(), 1, OptionalInt.empty())) {
        taken.graphs().put(next.name(), graph);
        return with(others, output, engine, taken, work);
      }
    }
    TrainedModel model = store.open();
    return EnginePool.restore(
        next.engine().orElse(engine),
        model.id(),
        model.state(),
        1,
        restorer -> {
          taken.unets().put(next.name(), restorer);
          return with(others, output, engine, taken, work);
        });
  }

  @ParameterizedTest
  @MethodSource("methods")
  void mapsEqualTheSerialOnes(String method) {
    List<Row> maps =
        Table.open(root(method), MapsTable.SPEC)
            .dataset(SPARK)
            .orderBy(MapsTable.IMAGE_ID)
            .collectAsList();
    Map<String, FloatImage> images = images(method);
    List<Detection> found =
        serial(
            method,
            InferenceEngine.ONNX,
            maps.stream().map(m -> images.get(m.<String>getAs(MapsTable.IMAGE_ID))).toList());
    assertThat(maps).isNotEmpty();
    for (int i = 0; i < maps.size(); i++) {
      assertThat(maps.get(i).<Float>getAs(MapsTable.SCORE)).isEqualTo(found.get(i).score());
      assertThat(maps.get(i).<byte[]>getAs(MapsTable.MAP))
          .isEqualTo(Float32Codec.of(found.get(i).map().values()));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void thresholdsAreThoseOfItsOwnScores(String method) {
    Calibration stored = model(method).metadata().calibration().found().orElseThrow();
    List<String> held = heldOut(model(method));
    assertThat(held).as("a share of 0.34 of 12").hasSize(4);
    Map<String, FloatImage> images = images(method);
    List<Detection> found =
        serial(method, InferenceEngine.ONNX, held.stream().map(images::get).toList());
    float[] scores = new float[held.size()];
    float[] levels = new float[held.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = found.get(i).score();
      levels[i] = PixelLevel.of(found.get(i).map().values(), 0.01);
    }
    Calibration serial = Calibration.of(scores, levels, 0.01, 0.2, 0.95);
    assertThat(stored.image()).isEqualTo(serial.image());
    assertThat(stored.pixel()).isEqualTo(serial.pixel());
  }

  /** Users copy {@code models/} away, and score by nothing else. */
  @ParameterizedTest
  @MethodSource("methods")
  void aCopiedModelScoresArchivesByItsThreshold(String method) throws Exception {
    Path copy = folder.resolve("copied-" + method);
    FileUtils.copyDirectory(folder.resolve(method).resolve("models").toFile(), copy.toFile());
    Path output = folder.resolve("scores-" + method);
    JobCall.run(
        new ScoreJob(),
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "output.root=" + output,
                "score.model=" + copy,
                "score.category=weave")));
    Map<String, Float> scores = new TreeMap<>();
    for (Row row : new ScoresStore(root("scores-" + method)).rows(SPARK).collectAsList()) {
      scores.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row.getAs(ScoresTable.SCORE));
      assertThat(row.<String>getAs(ScoresTable.DECISION)).isIn("normal", "suspicious");
    }
    List<String> held = heldOut(model(method));
    Map<String, FloatImage> images = images(method);
    List<Detection> found =
        serial(method, InferenceEngine.ONNX, held.stream().map(images::get).toList());
    for (int i = 0; i < held.size(); i++) {
      assertThat(scores).containsEntry(held.get(i), found.get(i).score());
    }
  }

  private static FairConfig scoring(Path models) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + data.dataRoot(),
            "output.root=" + folder.resolve("not-written"),
            "score.model=" + models,
            "score.category=weave"));
  }

  @Test
  void aModelThatWasCopiedInPartIsRefusedByThePlan() throws Exception {
    Path copy = folder.resolve("copied-in-part");
    FileUtils.copyDirectory(folder.resolve("draem/models").toFile(), copy.toFile());
    FileUtils.deleteDirectory(copy.resolve("weave/discriminator").toFile());
    assertThatThrownBy(() -> JobCall.plan(new ScoreJob(), scoring(copy)))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("there is no trained model of weave: manifest.json is missing");
  }

  @Test
  void scoringIsGivenTheMemoryOfTheModelsMethod() {
    SparkConf conf = new SparkConf(false).set("spark.master", "local[2]");
    FairConfig trained = config("draem", "draem");
    FairConfig score = scoring(folder.resolve("draem/models"));
    MemoryPlan plan = new ScoreJob().memory(score, conf);
    assertThat(plan)
        .isEqualTo(
            MemoryPlan.ofDetecting(
                trained, trained.detectionMethod(), score.score().engine(), conf));
    assertThat(new ScoreJob().memory(scoring(folder.resolve("nowhere")), conf))
        .as("refused later, by the plan")
        .isNotEqualTo(plan);
  }

  @Test
  void theReportShowsTheLossOfEveryNetworkAndNoFiltersWhereThereAreNone() throws Exception {
    String draem = Files.readString(folder.resolve("draem/report/index.html"));
    assertThat(draem)
        .contains("Training loss of the restoration", "Training loss of the discriminator");
    String riad = Files.readString(folder.resolve("riad/report/index.html"));
    assertThat(riad).contains("Training loss").doesNotContain("Training loss of the");
    assertThat(draem + riad).doesNotContain("id=\"filters\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"draem", "riad"})
  void changedImagesAreRestoredAsWell(String method) throws Exception {
    JsonNode changes =
        new ObjectMapper()
            .readTree(folder.resolve(method).resolve("metrics/metrics.json").toFile())
            .findValue("under_changes");
    assertThat(changes.findValue("normal_mse").isNumber()).isTrue();
  }

  @Test
  void neitherNetworkIsTaughtWhatSetsTheThresholds() {
    ModelStore discriminator =
        new ModelStore(root("draem"), ModelStore.MODELS, "weave", Optional.of("discriminator"));
    assertThat(heldOut(discriminator)).isEqualTo(heldOut(model("draem")));
    for (ModelStore store : List.of(model("draem"), discriminator)) {
      assertThat(store.metadata().manifest().path("training").path("images").asInt()).isEqualTo(8);
    }
  }

  /** After each step, and in the middle of the second, the same command goes on to the same end. */
  @Test
  void aKilledTrainingGoesOnToTheSameModel() throws Exception {
    FairConfig config = config("draem", "killed");
    JobCall.run(new PrepareJob(), config);
    List<TrainingStep> steps = MethodTrainings.of(config.detectionMethod()).steps();
    JobContext context =
        new JobContext(
            "train", config, LocalSpark.lazy(), Terminal.plain(System.err, System.err), false);
    Table images = PreparedTables.images(context.root(), config);
    TrainingRun run =
        new TrainingRun(
            context,
            context.root(),
            images,
            PreparedTables.samples(context.root(), config, images),
            Workers.of(
                context.lazySpark(), config, TrainingChoice.of(config, context.lazySpark())));
    steps.get(0).run(run, "weave");
    assertThat(model("killed").metadata().calibration().found()).as("yet").isEmpty();
    assertThatThrownBy(
            () ->
                JobCall.run(
                    new ScoreJob(),
                    ConfigLoader.load(
                        List.of(),
                        List.of(
                            "data.root=" + data.dataRoot(),
                            "output.root=" + folder.resolve("too-early"),
                            "score.model=" + folder.resolve("killed/models"),
                            "score.category=weave"))))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("there is no trained model of weave");

    StringBuilder said = new StringBuilder();
    JobCall.run(new TrainJob(), config, said);
    assertThat(weights("killed")).isEqualTo(weights("draem"));
    assertThat(model("killed").metadata().calibration().levels())
        .isEqualTo(model("draem").metadata().calibration().levels())
        .isPresent();
    assertThat(JobCall.run(new TrainJob(), config).summary())
        .filteredOn(line -> line.contains("nothing to do"))
        .hasSize(3);
    assertThat(
            JobCall.run(new TrainJob(), config.with("calibration.pixel-share", "0.02")).summary())
        .as("the networks stay")
        .filteredOn(line -> line.contains("nothing to do"))
        .hasSize(2);
  }

  /** At any moment, and not only between two steps. */
  @ParameterizedTest
  @MethodSource("methods")
  void aTrainingThatIsKilledAgainAndAgainEndsAtTheSameModel(String method) throws Exception {
    String output = "faulty-" + method;
    FairConfig config =
        config(method, output).with("output.root", "faulty://" + folder.resolve(output));
    assertThat(FaultyRun.of(new PrepareJob(), config, Map.of()).status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(FaultyRun.killedUntilDone(new TrainJob(), config, 12)).isGreaterThan(1);
    assertThat(weights(output)).isEqualTo(weights(method));
    assertThat(model(output).metadata().calibration().levels())
        .isEqualTo(model(method).metadata().calibration().levels())
        .isPresent();
  }

  /** Whoever has only the files computes what the engine of the thresholds computes. */
  @ParameterizedTest
  @ValueSource(strings = {"draem", "riad", "nsa"})
  void everyNetworkOpensInOnnxRuntime(String method) throws Exception {
    FairConfig config = config(method, method);
    FloatImage image = images(method).values().iterator().next();
    for (MethodNetwork network : config.detectionMethod().networks(config.detection())) {
      TrainedModel model = ModelStore.of(root(method), network, "weave").open();
      float[] input = new float[network.spec().sample(32, 32).inputs()];
      for (int i = 0; i < input.length; i++) {
        input[i] = image.values()[i % image.values().length];
      }
      float[] trained =
          EnginePool.restore(
              InferenceEngine.DL4J,
              model.id(),
              model.state(),
              1,
              restorer -> restorer.restore(input, 1, 32, 32));
      Path file =
          folder
              .resolve(method)
              .resolve(network.folder())
              .resolve("weave")
              .resolve(network.part().orElse("."))
              .resolve("model.onnx");
      try (OnnxRestorer exported = OnnxRestorer.open(Files.readAllBytes(file), 1)) {
        assertThat(exported.restore(input, 1, 32, 32))
            .as(network.name())
            .containsExactly(trained, within(1e-4f));
        assertThat(exported.metadata()).containsEntry("method", method);
        assertThat(exported.metadata().get("input"))
            .contains(
                method.equals("riad")
                    ? "whose cells are black"
                    : network.part().isPresent() ? "what the restoration network makes of it" : "");
      }
    }
  }

  /** Arrays that are not learnt are set by what the trained network makes of normal images. */
  @ParameterizedTest
  @ValueSource(strings = {"cutpaste", "patchsvdd", "intra"})
  void whatIsFittedIsOfTheImagesThatItWasTrainedOn(String method) throws Exception {
    assumeTrue(PYTORCH, "skipped: PyTorch trains this");
    FairConfig config = config(method, method);
    PatchMethod<?> patches = (PatchMethod<?>) config.detectionMethod();
    Path file = folder.resolve(method).resolve("models/weave/weights.safetensors");
    NetworkWeights weights;
    try (InputStream in = Files.newInputStream(file)) {
      weights = NetworkFile.read(in, patches.architecture(config.detection())).weights();
    }
    assertThat(serially(patches, config, weights).parameters()).isEqualTo(weights.parameters());
    String fitted =
        weights.spec().tensors().stream()
            .filter(tensor -> tensor.name().matches("(density|bank|normal).*"))
            .findFirst()
            .orElseThrow()
            .name();
    assertThat(weights.tensor(fitted)[0]).as("not the zero of before").isNotZero();
  }

  private static <S extends Serializable> NetworkWeights serially(
      PatchMethod<S> method, FairConfig config, NetworkWeights weights) {
    ModelStore store = model(method.name());
    List<String> held = heldOut(store);
    List<S> kept = new ArrayList<>();
    try (TrainedGraph network = OnnxTrainedGraph.open(store.onnx(), 1, OptionalInt.empty())) {
      images(method.name())
          .forEach(
              (id, image) -> {
                if (id.contains("train") && !held.contains(id)) {
                  kept.add(method.look(config.detection(), network, image));
                }
              });
    }
    return method.complete(weights, kept);
  }

  private static Map<String, String> weights(String output) throws Exception {
    Map<String, String> ids = new TreeMap<>();
    Path models = folder.resolve(output).resolve("models");
    try (Stream<Path> files = Files.walk(models)) {
      for (Path file : files.filter(f -> f.endsWith("weights.safetensors")).toList()) {
        ids.put(
            models.relativize(file).toString(),
            Sha256.hex(Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
    assertThat(ids).isNotEmpty();
    return ids;
  }

  @Test
  void thePlanTellsAllNetworksAndTheirMemory() throws Exception {
    SparkConf conf = SPARK.sparkContext().getConf();
    for (String method : methods()) {
      FairConfig config = config(method, method);
      int samples = Map.of("cutpaste", 32, "patchsvdd", 16).getOrDefault(method, 1) * 8 * 2;
      assertThat(JobCall.plan(new TrainJob(), config).summary())
          .anyMatch(line -> line.startsWith("memory of an executor: "))
          .anyMatch(line -> line.contains("2 epochs, %d samples to see".formatted(samples)))
          .satisfies(
              lines ->
                  assertThat(lines)
                      .filteredOn(line -> line.contains("on their local disks while it trains"))
                      .as("samples that lie in no table, of %s", method)
                      .hasSize(config.detectionMethod() instanceof PatchMethod<?> ? 1 : 0))
          .filteredOn(line -> line.startsWith("discriminator: width 2, "))
          .hasSize(method.equals("draem") ? 1 : 0);
      assertThat(new TrainJob().memory(config.with("image.size", "128"), conf).nativeBytes())
          .as(method)
          .isGreaterThan(new TrainJob().memory(config, conf).nativeBytes());
    }
  }

  @Test
  void samplesThatAMethodCannotLearnFromAreRefused() {
    assertThatThrownBy(() -> ConfigLoader.load(List.of(), List.of("method.kind=riad")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot learn from corruption.recipe = paper; it can from cells");
    assertThatThrownBy(() -> config("draem", "x").with("corruption.recipe", "cells"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it can from paper, nsa, textures");
  }

  @Test
  void aFilterThatHidesWhatAMethodLearnsFromIsRefused() {
    assertThatThrownBy(() -> config("nsa", "x").with("filter.kind", "butterworth"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("which filter.kind = butterworth takes away: say none");
  }

  @Test
  void anotherMethodsModelIsNotTaken() {
    FairConfig other = config("draem", "draem").with("method.kind", "restoration");
    assertThatThrownBy(() -> JobCall.run(new TrainJob(), other))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("other settings or data: method");
  }
}
