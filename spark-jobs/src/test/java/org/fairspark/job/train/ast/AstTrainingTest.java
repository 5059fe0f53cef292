package org.fairspark.job.train.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.cluster.FaultyRun;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Methods;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.ast.FeatureMaps;
import org.fairspark.failure.ExitStatus;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.GraphSource;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.train.MethodTrainings;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainJob;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.Workers;
import org.fairspark.metrics.Metric;
import org.fairspark.network.Backbone;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AST from training to archives: what its networks find, by plain code once more. */
class AstTrainingTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(SPARK.sparkContext());
  private static final List<String> LAYERS = List.of("restored");
  private static final List<String> FILES =
      List.of("weights.safetensors", "backbone.onnx", "student/weights.safetensors");

  @TempDir private static Path folder;
  private static DemoDataset.Written data;
  private static byte[] backbone;

  @BeforeAll
  static void run() throws Exception {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 2, 1));
    // Any network will do as a backbone: one that has learnt nothing has features, too.
    backbone = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(3, 8, true), 1), Map.of());
    Files.write(folder.resolve("backbone.onnx"), backbone);
    StringBuilder said = new StringBuilder();
    assertThat(JobCall.run(new RunJob(), config("ast"), said).status()).isEqualTo(ExitStatus.DONE);
    assertThat(said.toString()).doesNotContain("other settings");
  }

  @AfterAll
  static void forgetFaults() {
    FaultyRun.hadoop(Map.of());
  }

  private static FairConfig config(String output) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "output.root=" + folder.resolve(output),
            "image.size=32",
            "method.kind=ast",
            "method.backbone=" + folder.resolve("backbone.onnx"),
            "method.layers=" + LAYERS,
            "model.width=2",
            "training.epochs=4",
            "training.batch-size=4",
            "training.learning-rate=0.01",
            "training.threads=1",
            "calibration.share=0.34",
            "calibration.false-positive-rate=0.2"));
  }

  private static OutputRoot root(String output) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve(output).toString());
  }

  private static ModelStore teacher(String output) {
    return new ModelStore(root(output), "weave");
  }

  private static ModelStore student(String output) {
    return new ModelStore(root(output), ModelStore.MODELS, "weave", Optional.of("student"));
  }

  private static List<Row> images(String split) {
    return Table.open(root("ast"), ImagesTable.SPEC)
        .dataset(SPARK)
        .where("split = '%s'".formatted(split))
        .orderBy(ImagesTable.IMAGE_ID)
        .collectAsList();
  }

  /** What a model folder holds, opened. */
  private record Opened(Backbone backbone, Map<String, TrainedGraph> graphs)
      implements TrainedNetworks {
    @Override
    public Restorer network(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public TrainedGraph graph(String name) {
      return graphs.get(name);
    }
  }

  private static List<Detection> serial(List<Row> images) {
    FairConfig config = config("ast");
    try (OnnxBackbone network =
            OnnxBackbone.open(teacher("ast").backbone(), LAYERS, 1, OptionalInt.empty());
        OnnxTrainedGraph teacher = open(teacher("ast"));
        OnnxTrainedGraph student = open(student("ast"))) {
      return Methods.of("ast")
          .detector(
              config.detection(),
              new Opened(network, Map.of("teacher", teacher, "student", student)))
          .detect(images.stream().map(image -> ImagesTable.pixels(image).toFloat()).toList());
    }
  }

  private static OnnxTrainedGraph open(ModelStore store) {
    return OnnxTrainedGraph.open(store.onnx(), 1, OptionalInt.empty());
  }

  @Test
  void bothLossesFall() throws Exception {
    for (String part : List.of("", "student/")) {
      List<String> lines =
          Files.readAllLines(folder.resolve("ast/models/weave/" + part + "loss.csv"));
      assertThat(lines).hasSize(5);
      List<String> header = List.of(lines.get(0).split(","));
      int loss = header.indexOf("loss");
      assertThat(Double.parseDouble(lines.get(4).split(",")[loss]))
          .as(part + " of " + header)
          .isLessThan(Double.parseDouble(lines.get(1).split(",")[loss]) - 0.05);
    }
  }

  @Test
  void metricsThresholdsAndReportAreThere() throws Exception {
    var areas =
        new MetricsFile(root("ast")).read().orElseThrow().categories().get("weave").values();
    assertThat(areas.areas().get(Metric.IMAGE_AUROC).value()).isPresent();
    assertThat(areas.areas().get(Metric.AUPRO).value()).isPresent();
    assertThat(teacher("ast").metadata().calibration().found()).isPresent();
    assertThat(Files.readString(folder.resolve("ast/report/index.html")))
        .contains("Training loss of teacher", "Training loss of student");
  }

  @Test
  void mapsEqualTheSerialOnes() {
    List<Row> maps =
        Table.open(root("ast"), MapsTable.SPEC)
            .dataset(SPARK)
            .orderBy(MapsTable.IMAGE_ID)
            .collectAsList();
    List<Detection> serial = serial(images("test"));
    assertThat(maps).hasSameSizeAs(serial).isNotEmpty();
    for (int i = 0; i < maps.size(); i++) {
      assertThat(maps.get(i).<Float>getAs(MapsTable.SCORE)).isEqualTo(serial.get(i).score());
      assertThat(maps.get(i).<byte[]>getAs(MapsTable.MAP))
          .isEqualTo(Float32Codec.of(serial.get(i).map().values()));
    }
  }

  /** However the images are divided among tasks. */
  @Test
  void samplesAreThoseOfPlainCode() {
    FairConfig config = config("ast");
    BackboneSource source = BackboneSource.broadcast(CONTEXT, "tested", backbone, LAYERS);
    GraphSource teacher = GraphSource.broadcast(CONTEXT, teacher("ast"));
    JavaRDD<Row> rows =
        Table.open(root("ast"), ImagesTable.SPEC)
            .dataset(SPARK)
            .where("split = 'train'")
            .toJavaRDD();
    List<TrainingSample> samples =
        new ArrayList<>(
            rows.repartition(3)
                .mapPartitions(
                    new AstSamples(
                        config.detection().features().backbone(),
                        source,
                        List.of(teacher),
                        config.image().frame(),
                        1))
                .collect());
    samples.sort(Comparator.comparing(TrainingSample::imageId));
    List<Row> images = images("train");
    assertThat(samples).hasSameSizeAs(images).isNotEmpty();
    try (OnnxBackbone network = OnnxBackbone.open(backbone, LAYERS, 1, OptionalInt.empty());
        OnnxTrainedGraph flow = open(teacher("ast"))) {
      for (int i = 0; i < samples.size(); i++) {
        FeatureMaps maps =
            FeatureMaps.of(
                config.detection().features().backbone(),
                network,
                ImagesTable.pixels(images.get(i)).toFloat());
        assertThat(samples.get(i).input()).startsWith(Float32Codec.of(maps.inputs().get(0)));
        assertThat(samples.get(i).target())
            .isEqualTo(Float32Codec.of(flow.run(maps.inputs()).get(0)));
      }
    }
  }

  /** Side by side with other trainings, as in a sweep, the networks become the same. */
  @Test
  void oneTaskTrainsWhatAveragingTrains() throws Exception {
    FairConfig config = config("one-task");
    JobCall.run(new PrepareJob(), config);
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
            Workers.one(context.lazySpark(), config));
    for (TrainingStep step : MethodTrainings.of(config.detectionMethod()).steps()) {
      StepResult result =
          step.runInOneTask(run, "weave", SPARK.sparkContext().longAccumulator(), skipped -> {});
      assertThat(result.category()).isEqualTo("weave");
    }
    assertThat(teacher("one-task").id()).isEqualTo(teacher("ast").id());
    assertThat(student("one-task").id()).isEqualTo(student("ast").id());
  }

  /** Users copy {@code models/} away, and score by nothing else. */
  @Test
  void aCopiedModelScoresArchivesAsItsMapsWere() throws Exception {
    Path copy = folder.resolve("copied");
    FileUtils.copyDirectory(folder.resolve("ast/models").toFile(), copy.toFile());
    JobCall.run(
        new ScoreJob(),
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "output.root=" + folder.resolve("night"),
                "score.model=" + copy,
                "score.category=weave")));
    Map<String, Float> scores = new TreeMap<>();
    for (Row row : new ScoresStore(root("night")).rows(SPARK).collectAsList()) {
      scores.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row.getAs(ScoresTable.SCORE));
      assertThat(row.<String>getAs(ScoresTable.DECISION)).isIn("normal", "suspicious");
    }
    List<Row> tests = images("test");
    List<Detection> serial = serial(tests);
    for (int i = 0; i < tests.size(); i++) {
      assertThat(scores)
          .containsEntry(tests.get(i).getAs(ImagesTable.IMAGE_ID), serial.get(i).score());
    }
  }

  @Test
  void aTrainingThatIsKilledAgainAndAgainEndsAtTheSameModel() throws Exception {
    FairConfig config =
        config("killed").with("output.root", "faulty://" + folder.resolve("killed"));
    assertThat(FaultyRun.of(new PrepareJob(), config, Map.of()).status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(FaultyRun.killedUntilDone(new TrainJob(), config, 25)).isGreaterThan(1);
    for (String file : FILES) {
      assertThat(folder.resolve("killed/models/weave").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("ast/models/weave").resolve(file));
    }
    assertThat(
            new ModelStore(
                    OutputRoot.of(FaultyRun.hadoop(Map.of()), config.output().root()), "weave")
                .metadata()
                .calibration()
                .levels())
        .isEqualTo(teacher("ast").metadata().calibration().levels())
        .isPresent();
  }

  @Test
  void aFinishedTrainingHasNothingToDo() throws Exception {
    assertThat(JobCall.run(new TrainJob(), config("ast")).summary())
        .filteredOn(line -> line.contains("nothing to do"))
        .hasSize(3);
  }

  @Test
  void thePlanTellsBothNetworksAndTheirMemory() throws Exception {
    FairConfig config = config("ast");
    SparkConf conf = SPARK.sparkContext().getConf();
    assertThat(JobCall.plan(new TrainJob(), config).summary())
        .anyMatch(line -> line.startsWith("teacher: on the features of the backbone"))
        .anyMatch(line -> line.startsWith("student: on the features of the backbone"))
        .anyMatch(line -> line.startsWith("memory of an executor: "));
    long memory = new TrainJob().memory(config, conf).nativeBytes();
    assertThat(new TrainJob().memory(config.with("image.size", "512"), conf).nativeBytes())
        .as("larger maps of features")
        .isGreaterThan(memory);
    assertThat(new TrainJob().memory(config.with("model.width", "64"), conf).nativeBytes())
        .as("wider networks")
        .isGreaterThan(memory);
  }
}
