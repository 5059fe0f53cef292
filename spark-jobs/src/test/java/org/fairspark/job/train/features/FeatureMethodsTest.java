package org.fairspark.job.train.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.cluster.FaultyRun;
import org.fairspark.config.ConfigException;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Methods;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.padim.GaussianSums;
import org.fairspark.detect.padim.PadimMethod;
import org.fairspark.detect.padim.PlaceGaussians;
import org.fairspark.detect.patchcore.PatchBank;
import org.fairspark.detect.patchcore.PatchCoreMethod;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.inference.BackboneSource;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.job.train.padim.PadimTraining;
import org.fairspark.job.train.patchcore.PatchCoreTraining;
import org.fairspark.metrics.Metric;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.Backbone;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods on a backbone's features, through the whole pipeline. */
class FeatureMethodsTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final List<String> LAYERS = List.of("restored");
  private static final Map<String, String> REDUCTIONS =
      Map.of("patchcore", "area", "padim", "bilinear");

  private static final long FIT_SEED = 5;

  @TempDir private static Path folder;
  private static byte[] backbone;

  @BeforeAll
  static void data() throws Exception {
    DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(80, 6, 4, 2));
    // Any network will do as a backbone: one that has learnt nothing has features, too.
    backbone = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(3, 8, true), 1), Map.of());
    Files.write(folder.resolve("backbone.onnx"), backbone);
    for (String method : List.of("patchcore", "padim")) {
      StringBuilder said = new StringBuilder();
      assertThat(JobCall.run(new RunJob(), config(method), said).status())
          .isEqualTo(ExitStatus.DONE);
      assertThat(said.toString()).doesNotContain("other settings");
    }
  }

  @AfterAll
  static void forgetFaults() {
    FaultyRun.hadoop(Map.of());
  }

  private static FairConfig config(String method) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + folder.resolve("data/factory"),
            "data.categories=[weave]",
            "output.root=" + folder.resolve(method),
            "image.size=32",
            "image.reduction=" + REDUCTIONS.get(method),
            "method.kind=" + method,
            "method.backbone=" + folder.resolve("backbone.onnx"),
            "method.layers=" + LAYERS,
            "calibration.share=0.34",
            "calibration.false-positive-rate=0.4"));
  }

  private static OutputRoot root(String method) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), config(method).output().root());
  }

  private static List<Row> images(String method, String split) {
    return Table.open(root(method), ImagesTable.SPEC)
        .dataset(SPARK)
        .where("split = '%s'".formatted(split))
        .orderBy(ImagesTable.IMAGE_ID)
        .collectAsList();
  }

  private record Parts(Backbone backbone, SafeTensors fitted) implements TrainedNetworks {
    @Override
    public Restorer network(String name) {
      throw new IllegalArgumentException(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void evaluateAndReportTakeTheMethodFromTheModel(String method) throws Exception {
    FairConfig plain =
        ConfigLoader.load(
            List.of(),
            List.of(
                "output.root=" + folder.resolve(method),
                "image.size=32",
                "image.reduction=" + REDUCTIONS.get(method)));
    StringBuilder said = new StringBuilder();
    JobCall.run(new EvaluateJob(), plain, said);
    assertThat(said.toString())
        .contains("theirs are taken: ")
        .contains("method.kind=" + method, "maps and metrics are up to date, nothing to do");
    said.setLength(0);
    JobCall.run(new ReportJob(), plain, said);
    assertThat(said.toString()).contains("theirs are shown: ", "method.kind=" + method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void mapsEqualTheSerialOnes(String method) {
    FairConfig config = config(method);
    ModelStore store = new ModelStore(root(method), "weave");
    List<Row> maps =
        Table.open(root(method), MapsTable.SPEC)
            .dataset(SPARK)
            .orderBy(MapsTable.IMAGE_ID)
            .collectAsList();
    List<Row> tests = images(method, "test");
    assertThat(maps).hasSameSizeAs(tests).isNotEmpty();
    try (OnnxBackbone network =
        OnnxBackbone.open(store.backbone(), LAYERS, 1, OptionalInt.empty())) {
      for (int i = 0; i < maps.size(); i++) {
        Detection serial =
            Methods.of(method)
                .detector(config.detection(), new Parts(network, store.fitted()))
                .detect(List.of(ImagesTable.pixels(tests.get(i)).toFloat()))
                .get(0);
        assertThat(maps.get(i).<Float>getAs(MapsTable.SCORE)).isEqualTo(serial.score());
        assertThat(maps.get(i).<byte[]>getAs(MapsTable.MAP))
            .isEqualTo(Float32Codec.of(serial.map().values()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void metricsThresholdsAndReportAreThere(String method) throws Exception {
    var areas =
        new MetricsFile(root(method)).read().orElseThrow().categories().get("weave").values();
    assertThat(areas.areas().get(Metric.IMAGE_AUROC).value()).isPresent();
    assertThat(areas.areas().get(Metric.AUPRO).value()).isPresent();
    assertThat(new ModelStore(root(method), "weave").metadata().calibration().found()).isPresent();
    assertThat(Files.readString(folder.resolve(method + "/report/index.html"))).contains("weave");
  }

  @Test
  void imagesAreReducedAsAskedAndMasksAlwaysBilinearly() throws Exception {
    for (String method : REDUCTIONS.keySet()) {
      for (Row row : images(method, "test")) {
        Path data = folder.resolve("data/factory");
        PixelImage picture =
            ImageDecoder.decode(
                Files.readAllBytes(data.resolve(row.<String>getAs(ImagesTable.IMAGE_ID))),
                DecodeLimits.DEFAULT);
        assertThat(ImagesTable.pixels(row).pixels())
            .isEqualTo(
                (method.equals("patchcore") ? Reduction.AREA : Reduction.BILINEAR)
                    .resize(picture, ImageSize.square(32))
                    .pixels());
      }
    }
    List<byte[]> masks =
        images("patchcore", "test").stream().map(r -> r.<byte[]>getAs(ImagesTable.MASK)).toList();
    assertThat(images("padim", "test").stream().map(r -> r.<byte[]>getAs(ImagesTable.MASK)))
        .usingElementComparator(Comparator.nullsFirst(Arrays::compare))
        .isEqualTo(masks);
  }

  /** Users copy {@code models/} away, and score by nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void aCopiedModelScoresArchivesAsItsMapsWere(String method) throws Exception {
    Path copy = folder.resolve("copied-" + method);
    FileUtils.copyDirectory(folder.resolve(method).resolve("models").toFile(), copy.toFile());
    Path night = folder.resolve("night-" + method);
    JobCall.run(
        new ScoreJob(),
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + folder.resolve("data/factory"),
                "output.root=" + night,
                "score.model=" + copy,
                "score.category=weave")));
    Map<String, Float> scores = new TreeMap<>();
    OutputRoot root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), night.toString());
    for (Row row : new ScoresStore(root).rows(SPARK).collectAsList()) {
      scores.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row.getAs(ScoresTable.SCORE));
      assertThat(row.<String>getAs(ScoresTable.DECISION)).isIn("normal", "suspicious");
    }
    Table maps = Table.open(root(method), MapsTable.SPEC);
    for (Row map : maps.dataset(SPARK).collectAsList()) {
      assertThat(scores)
          .containsEntry(map.getAs(MapsTable.IMAGE_ID), map.<Float>getAs(MapsTable.SCORE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void aFitThatIsKilledAgainAndAgainEndsAtTheSameModel(String method) throws Exception {
    FairConfig config =
        config(method).with("output.root", "faulty://" + folder.resolve("killed-" + method));
    assertThat(FaultyRun.of(new PrepareJob(), config, Map.of()).status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(FaultyRun.killedUntilDone(new TrainJob(), config, 5)).isPositive();
    for (String file : List.of("weights.safetensors", "backbone.onnx")) {
      assertThat(folder.resolve("killed-" + method).resolve("models/weave").resolve(file))
          .hasSameBinaryContentAs(folder.resolve(method).resolve("models/weave").resolve(file));
    }
    assertThat(
            new ModelStore(
                    OutputRoot.of(FaultyRun.hadoop(Map.of()), config.output().root()), "weave")
                .metadata()
                .calibration()
                .levels())
        .isEqualTo(new ModelStore(root(method), "weave").metadata().calibration().levels())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"patchcore", "padim"})
  void thePlanTellsTheMemory(String method) throws Exception {
    FairConfig config = config(method);
    SparkConf conf = SPARK.sparkContext().getConf();
    assertThat(JobCall.plan(new TrainJob(), config).summary())
        .containsAll(new TrainJob().memory(config, conf).lines());
    FairConfig large = config.with("image.size", "512");
    assertThat(new TrainJob().memory(large, conf).nativeBytes())
        .as("the backbone sees larger images")
        .isGreaterThan(new TrainJob().memory(config, conf).nativeBytes());
  }

  /** However large images are: as many as a task has memory for. */
  @Test
  void aPartIsBoundedByItsFeatures() {
    assertThat(FeatureRows.partImages(black(1024, 152))).isEqualTo(256);
    assertThat(FeatureRows.partImages(black(1024, 1536))).as("a wide ResNet").isEqualTo(26);
    assertThat(FeatureRows.partImages(black(40_000, 1536))).isEqualTo(1);
  }

  private static PatchFeatures black(int patches, int dimension) {
    return new PatchFeatures(
        1,
        patches,
        List.of(dimension),
        new Vectors(patches, dimension, new float[patches * dimension]));
  }

  @Test
  void aFinishedModelIsNotFittedAgain() throws Exception {
    Path weights = folder.resolve("padim/models/weave/weights.safetensors");
    var before = Files.getLastModifiedTime(weights);
    JobResult again = JobCall.run(new TrainJob(), config("padim"));
    assertThat(again.summary()).anyMatch(line -> line.contains("up to date"));
    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(before);
  }

  @Test
  void anotherBackboneAtTheSamePathIsRefused() throws Exception {
    Path other = folder.resolve("other.onnx");
    Files.write(
        other, OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(3, 8, true), 2), Map.of()));
    FairConfig config = config("padim").with("method.backbone", other.toString());
    assertThatThrownBy(() -> JobCall.run(new TrainJob(), config))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("other settings or data: backbone");
  }

  @Test
  void aBackboneThatDoesNotFitIsRefusedBeforeAnythingIsDone() throws Exception {
    FairConfig layer = config("padim").with("method.layers", "[layer2]");
    assertThatThrownBy(() -> JobCall.plan(new TrainJob(), layer))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("no output layer2; it has restored");
    FairConfig missing = config("padim").with("method.backbone", folder + "/none.onnx");
    assertThatThrownBy(() -> JobCall.plan(new TrainJob(), missing))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("method.backbone cannot be read");
    Path picture = Files.writeString(folder.resolve("picture.onnx"), "no network");
    FairConfig other = config("padim").with("method.backbone", picture.toString());
    assertThatThrownBy(() -> JobCall.plan(new TrainJob(), other))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("method.backbone does not fit");
  }

  /** Two parts and their merge give what plain code gives, on any number of tasks. */
  @Test
  void partsAreFittedAsSerialCodeFitsThem() {
    FeatureSettings settings = config("patchcore").detection().features();
    List<PatchFeatures> features = features("patchcore", PatchCoreMethod.extractor(settings));
    List<PatchBank> parts = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      Vectors patches =
          Vectors.concatenate(
              features.subList(part * 4, Math.min(6, part * 4 + 4)).stream()
                  .map(PatchFeatures::vectors)
                  .toList());
      parts.add(PatchBank.part(patches, settings, SeededRandom.seed(FIT_SEED, "part", part)));
    }
    assertFittedAlike(
        "patchcore",
        PatchCoreTraining.fit(),
        settings,
        PatchBank.merge(parts, settings, true).model());
  }

  @Test
  void sumsOfPartsAreThoseOfSerialCode() {
    FeatureSettings settings = config("padim").detection().features();
    List<PatchFeatures> features = features("padim", PadimMethod.extractor(settings));
    int[] kept =
        PlaceGaussians.draw(features.get(0).vectors().dimension(), settings.dimensions(), FIT_SEED);
    GaussianSums sums =
        GaussianSums.of(features.subList(0, 4), kept)
            .add(GaussianSums.of(features.subList(4, 6), kept));
    assertFittedAlike(
        "padim", PadimTraining.fit(), settings, PlaceGaussians.fit(sums, kept).model(6));
  }

  private static List<PatchFeatures> features(String method, PatchExtractor extractor) {
    List<PatchFeatures> features = new ArrayList<>();
    try (OnnxBackbone network = OnnxBackbone.open(backbone, LAYERS, 1, OptionalInt.empty())) {
      images(method, "train")
          .forEach(
              row -> features.add(extractor.extract(network, ImagesTable.pixels(row).toFloat())));
    }
    return features;
  }

  private static void assertFittedAlike(
      String method, FeatureFit<?, ?> fit, FeatureSettings settings, SafeTensors serial) {
    List<String> ids =
        images(method, "train").stream().map(r -> r.<String>getAs(ImagesTable.IMAGE_ID)).toList();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SPARK.sparkContext());
    BackboneSource source = BackboneSource.broadcast(spark, "b", backbone, LAYERS);
    var rdd =
        Table.open(root(method), ImagesTable.SPEC)
            .dataset(SPARK)
            .where("split = 'train'")
            .toJavaRDD();
    for (int tasks : List.of(1, 3)) {
      SafeTensors distributed =
          new FeatureRows(
                  spark,
                  rdd,
                  ids,
                  source,
                  1,
                  tasks,
                  4,
                  Frame.stretching(ImageSize.square(32)),
                  true)
              .fit(fit, settings, 3, FIT_SEED, SPARK.sparkContext().longAccumulator())
              .model();
      assertThat(distributed.metadata()).isEqualTo(serial.metadata());
      serial
          .tensors()
          .forEach(
              (name, tensor) ->
                  assertThat(distributed.tensors().get(name).values())
                      .as(name)
                      .isEqualTo(tensor.values()));
    }
    source.destroy();
  }

  @Test
  void aBackboneMustBeGiven() {
    FairConfig none = ConfigLoader.load(List.of(), List.of("method.kind=patchcore"));
    assertThatThrownBy(none::requireOfMethod)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("method.backbone")
        .hasMessageContaining("method.layers");
  }

  @Test
  void aMethodOfSeveralScalesRefusesOneLayer() {
    FairConfig one =
        ConfigLoader.load(
            List.of(),
            List.of("method.kind=rd4ad", "method.backbone=any.onnx", "method.layers=[restored]"));
    assertThatThrownBy(one::requireOfMethod)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("method.layers")
        .hasMessageContaining("must name 2 layers or more for rd4ad");
    one.with("method.layers", "[fine, coarse]").requireOfMethod();
    one.with("method.kind", "patchcore").requireOfMethod();
  }
}
