package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.files.ImageFiles;
import org.fairspark.frequency.EnergySpectrum;
import org.fairspark.frequency.FrequencyAnalysis;
import org.fairspark.frequency.FrequencySimilarity;
import org.fairspark.frequency.RadialPoint;
import org.fairspark.image.FloatImage;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainJob;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.ImageMetadata;
import org.fairspark.metrics.InspectedMap;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.OwnSize;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.fairspark.tracking.RecordingServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from image files to the report, on a small data set made from code. */
class RunJobTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;
  private static FairConfig config;
  private static JobResult first;

  @BeforeAll
  static void runOnce() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 6, 3, 2));
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "corruption.textures=" + data.textures(),
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=2",
                "model.width=2",
                "training.epochs=3",
                "training.learning-rate=1e-3",
                "training.workers=2",
                "evaluation.smoothing=5"));
    first = JobCall.run(new RunJob(), config);
  }

  private static OutputRoot root() {
    return OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), config.output().root());
  }

  private static JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(folder.resolve("out").resolve(file).toFile());
  }

  @Test
  void everyOutputIsThereAndSaysWhatItIs() throws Exception {
    assertThat(first.status()).as("status").isEqualTo(ExitStatus.DONE);
    assertThat(first.summary()).as("a line per category, the mean, the report").hasSize(4);
    assertThat(first)
        .isInstanceOfSatisfying(
            RunResult.class,
            result -> {
              assertThat(result.durations().keySet())
                  .containsExactly("prepare", "train", "evaluate", "report");
              assertThat(result.trained().steps())
                  .extracting(StepResult::outcome)
                  .containsExactly(StepResult.Outcome.TRAINED, StepResult.Outcome.TRAINED);
              assertThat(result.evaluated().results().categories()).containsKeys("flange", "weave");
            });
    JsonNode metrics = json("metrics/metrics.json");
    for (String category : List.of("flange", "weave")) {
      JsonNode own = metrics.get("categories").get(category);
      assertThat(own.get("image_auroc").asDouble()).as(category).isBetween(0.0, 1.0);
      assertThat(own.get("bounds").get("aupro").asDouble()).as(category).isBetween(0.0, 0.01);
      assertThat(own.get("images").asInt()).as("test images of " + category).isEqualTo(11);
      assertThat(own.get("defects").size()).as("kinds of defects of " + category).isEqualTo(4);
      assertThat(
              json("models/" + category + "/manifest.json")
                  .get("training")
                  .get("samples_seen")
                  .asInt())
          .as("samples seen for " + category)
          .isEqualTo(18);
    }
    assertThat(metrics.get("conventions").get("mask").asText())
        .as("mask convention")
        .startsWith("reference");
    JsonNode manifest = json("manifest.json");
    assertThat(manifest.get("configuration").get("image").get("size").asInt())
        .as("image.size")
        .isEqualTo(32);
    assertThat(manifest.get("seconds").fieldNames())
        .toIterable()
        .as("stages")
        .contains("prepare", "train", "evaluate");
    assertThat(Files.readString(folder.resolve("out/metrics/metrics.csv")).lines())
        .as("a header, a line per category and a line per kind of defect")
        .hasSize(1 + 2 + 8);
    assertThat(Files.readString(folder.resolve("out/report/index.html")))
        .as("report")
        .contains("flange", "weave")
        .contains("Similarity by frequency", "Energy by frequency")
        .contains("Transfer functions", "Impulse responses", "Sobel xy, 3 x 3: flange/test/");
    assertThat(metrics.get("inference").get("images_per_second").asDouble())
        .as("images per second of one task")
        .isPositive();
  }

  @Test
  void aSecondRunDoesNothingTwiceAndSaysSo() throws Exception {
    Map<String, Long> before = times();
    StringBuilder said = new StringBuilder();
    JobResult second;
    try (RecordingServer lineage = new RecordingServer()) {
      second =
          JobCall.run(
              new RunJob(), config.with("tracking.openlineage.url", lineage.address()), said);
      assertThat(lineage.requests()).as("events of the run, and none of its stages").hasSize(2);
      assertThat(lineage.requests().get(0).json().get("eventType").asText()).isEqualTo("START");
      assertThat(lineage.requests().get(1).json().get("eventType").asText()).isEqualTo("COMPLETE");
      assertThat(lineage.requests().get(1).json().at("/run/facets/fairSpark_manifest/manifest/job"))
          .as("the run's manifest")
          .hasToString("\"run\"");
    }
    assertThat(second.summary().subList(0, 3))
        .as("the same figures")
        .isEqualTo(first.summary().subList(0, 3));
    assertThat(said.toString())
        .contains("images/ and samples/ are up to date")
        .contains("model is up to date")
        .contains("maps and metrics are up to date");
    assertThat(times()).as("tables and models untouched").isEqualTo(before);
  }

  @Test
  void aDryRunSaysWhatEveryStageWouldDoAndWritesNothing() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    FairConfig elsewhere = config.with("output.root", nowhere.toString());
    JobResult plan = JobCall.plan(new RunJob(), elsewhere);
    assertThat(String.join("\n", plan.summary()))
        .as("images by category and split, tables, memory, steps, where the report goes")
        .containsPattern("flange +6 +3 +8 ")
        .containsPattern("weave +6 +3 +8 ")
        .contains("images/", "samples/", "24 rows", "partition(s)", "for each executor")
        .containsPattern("flange +6 training images, 3 epochs, 18 samples")
        .containsPattern("weave +11 test images")
        .contains("maps/", nowhere + "/report/index.html");
    assertThat(nowhere).as("output of a dry run").doesNotExist();
  }

  @Test
  void aCategoryThatCannotBeTrainedIsLeftOutAndTheOthersAreDone() throws Exception {
    Path data = folder.resolve("with junk");
    copy(Path.of(config.data().root()).resolve("weave"), data.resolve("weave"));
    copy(data.resolve("weave/test"), data.resolve("junk/test"));
    Path junk = data.resolve("junk/train/good/0.png");
    Files.createDirectories(junk.getParent());
    Files.write(junk, new byte[] {1, 2, 3, 4, 5});
    FairConfig some =
        config.with(
            Map.of(
                "data.root", data.toString(),
                "output.root", folder.resolve("left out").toString(),
                "training.epochs", "1"));
    String why = "left out: none of its training images could be used: 1 of its files are in";
    for (int i = 0; i < 2; i++) {
      JobResult result = JobCall.run(new RunJob(), some);
      assertThat(result.status()).as("run %d", i).isEqualTo(ExitStatus.TOO_MANY_BAD_RECORDS);
      assertThat(result.summary()).anyMatch(line -> line.matches("junk +" + why + ".*"));
    }
    JsonNode metrics =
        new ObjectMapper().readTree(folder.resolve("left out/metrics/metrics.json").toFile());
    assertThat(metrics.get("categories").size()).as("evaluated").isEqualTo(1);
    assertThat(metrics.get("left_out").get("junk").asText()).contains("quarantine/");
    assertThat(Files.readString(folder.resolve("left out/report/index.html")))
        .contains("junk is left out");
    JsonNode files =
        new ObjectMapper().readTree(folder.resolve("left out/manifest.json").toFile()).get("files");
    try (var all = Files.walk(data)) {
      assertThat(files.get("files").asLong())
          .as("all files, in the manifest")
          .isEqualTo(all.filter(Files::isRegularFile).count());
    }
    FairConfig only = some.with("data.categories", "junk");
    assertThatThrownBy(
            () ->
                JobCall.run(
                    new RunJob(), only.with("output.root", folder.resolve("only junk").toString())))
        .hasMessageStartingWith("none of the training images could be used {NOT_AN_IMAGE=1}");
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }

  private static Map<String, Long> times() throws Exception {
    Map<String, Long> times = new TreeMap<>();
    for (String part : List.of("images", "samples", "maps", "models", "metrics")) {
      try (var files = Files.walk(folder.resolve("out").resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          times.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
        }
      }
    }
    return times;
  }

  @Test
  void theManifestRepeatsTheRun() throws Exception {
    Path again = folder.resolve("again");
    FairConfig repeated =
        ConfigLoader.load(
            List.of(folder.resolve("out/manifest.json")), List.of("output.root=" + again));
    JobCall.run(new RunJob(), repeated);
    JsonNode metrics = new ObjectMapper().readTree(again.resolve("metrics/metrics.json").toFile());
    assertThat(metrics.get("categories"))
        .as("every figure")
        .isEqualTo(json("metrics/metrics.json").get("categories"));
  }

  @Test
  void anotherModelIsNeverMixedIn() {
    assertThatThrownBy(() -> JobCall.run(new RunJob(), config.with("model.width", "4")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("model.width: there 2, now 4");
    assertThatThrownBy(() -> JobCall.run(new TrainJob(), config.with("filter.cutoff", "10")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("filter.cutoff: there 30.0, now 10.0");
  }

  @Test
  void theModelIsThereAsOnnxWithAllThatAReaderNeeds() throws Exception {
    for (String category : List.of("flange", "weave")) {
      byte[] file =
          Files.readAllBytes(folder.resolve("out/models").resolve(category).resolve("model.onnx"));
      assertThat(json("models/" + category + "/manifest.json").get("onnx_sha256").asText())
          .as("SHA-256 in the manifest")
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
      ModelStore model = new ModelStore(root(), category);
      assertThat(model.onnx()).as("what evaluate reads").isEqualTo(file);
      try (OnnxRestorer onnx = OnnxRestorer.open(file, 1)) {
        assertThat(onnx.metadata())
            .as("metadata of " + category)
            .containsEntry("category", category)
            .containsEntry("filter.kind", "butterworth")
            .containsEntry("filter.cutoff", "30.0")
            .containsEntry("image.size", "32")
            .containsEntry("training.images", "6")
            .containsEntry("weights_sha256", model.id())
            .containsKeys("extractor", "provenance.samples");
      }
    }
  }

  @Test
  void aDamagedOnnxFileIsRefusedAndAMissingOneMade() throws Exception {
    Path copy = copy("onnx");
    Path weave = copy.resolve("models/weave");
    OutputRoot root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), copy.toString());
    ModelStore model = new ModelStore(root, "weave");
    byte[] file = model.onnx();
    file[file.length / 2] ^= 1;
    Files.write(weave.resolve("model.onnx"), file);
    assertThatThrownBy(model::onnx)
        .isInstanceOf(FairException.class)
        .hasMessageContaining("SHA-256 of model.onnx");
    // As before there were such files.
    String manifest = Files.readString(weave.resolve("manifest.json"));
    Files.writeString(
        weave.resolve("manifest.json"), manifest.replaceAll("\"onnx_sha256\"[^,]*,", ""));
    Files.delete(weave.resolve("model.onnx"));
    try (OnnxRestorer onnx = OnnxRestorer.open(model.onnx(), 1)) {
      assertThat(onnx.metadata()).as("metadata").containsEntry("category", "weave");
    }
  }

  @Test
  void aModelForOneFixedSizeIsWrittenAgainAndScoresStayBatched() throws Exception {
    Path copy = copy("fixed");
    OutputRoot root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), copy.toString());
    ModelStore model = new ModelStore(root, "weave");
    byte[] free = model.onnx();
    FairConfig fixed = config.with(Map.of("export.size", "fixed", "output.root", copy.toString()));
    assertThat(JobCall.run(new TrainJob(), fixed).summary())
        .as("the same model")
        .anyMatch(line -> line.contains("up to date"));
    byte[] file = Files.readAllBytes(copy.resolve("models/weave/model.onnx"));
    float[] image = new float[32 * 32];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i);
    }
    try (OnnxRestorer one = OnnxRestorer.open(file, 1);
        OnnxRestorer any = OnnxRestorer.open(free, 1)) {
      assertThat(one.metadata())
          .containsEntry("input.size", "one image of image.size")
          .containsEntry("weights_sha256", model.id());
      assertThat(one.restore(image, 1, 32, 32)).isEqualTo(any.restore(image, 1, 32, 32));
      assertThatThrownBy(() -> one.restore(new float[2 * 32 * 32], 2, 32, 32))
          .as("two images")
          .isInstanceOf(IllegalStateException.class);
    }
    try (OnnxRestorer scoring = OnnxRestorer.open(model.onnx(), 1)) {
      assertThat(scoring.restore(new float[2 * 32 * 32], 2, 32, 32)).hasSize(2 * 3 * 32 * 32);
    }
  }

  @Test
  void dl4jRestoresTheSameButForRounding() throws Exception {
    Path copy = copy("dl4j");
    FairConfig dl4j =
        config.with(Map.of("evaluation.engine", "dl4j", "output.root", copy.toString()));
    StringBuilder said = new StringBuilder();
    JobCall.run(new EvaluateJob(), dl4j, said);
    assertThat(said.toString())
        .as("maps of one engine never stand beside those of the other")
        .contains("made again, and replaced: evaluation.engine: there onnx, now dl4j");
    OutputRoot root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), copy.toString());
    Map<String, byte[]> byOnnx = maps(root());
    maps(root)
        .forEach(
            (id, map) ->
                assertThat(Float32Codec.toFloats(map))
                    .as("map of " + id)
                    .containsExactly(Float32Codec.toFloats(byOnnx.get(id)), within(1e-4f)));
    assertThat(maps(root)).as("maps").hasSameSizeAs(byOnnx);
    assertEqualSerial(root, InferenceEngine.DL4J);
  }

  @Test
  void oneDnnRestoresTheSameAsSerially() throws Exception {
    assumeThat(OneDnnRestorer.unsuitable(new UnetSpec(1, 16, true)))
        .as("what keeps oneDNN from restoring here")
        .isEmpty();
    Path copy = copy("onednn");
    FairConfig wide =
        config.with(
            Map.of(
                "evaluation.engine",
                "onednn",
                "model.width",
                "16",
                "output.root",
                copy.toString()));
    for (String made : List.of("models", "maps", "metrics")) {
      delete(copy.resolve(made));
    }
    JobCall.run(new TrainJob(), wide);
    JobCall.run(new EvaluateJob(), wide);
    OutputRoot root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), copy.toString());
    assertEqualSerial(root, InferenceEngine.ONEDNN);
  }

  private static Path copy(String name) throws Exception {
    Path out = folder.resolve("out");
    Path copy = folder.resolve(name);
    try (var files = Files.walk(out)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(out.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void delete(Path tree) throws Exception {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Map<String, byte[]> maps(OutputRoot root) {
    Map<String, byte[]> maps = new TreeMap<>();
    for (Row row : Table.open(root, MapsTable.SPEC).dataset(SPARK).collectAsList()) {
      maps.put(row.getAs(MapsTable.IMAGE_ID), row.getAs(MapsTable.MAP));
    }
    return maps;
  }

  @Test
  void mapsAndMetricsEqualASerialComputation() throws Exception {
    assertEqualSerial(root(), InferenceEngine.ONNX).forEach(RunJobTest::assertWritten);
  }

  private static Restorer restorer(ModelStore model, InferenceEngine engine) {
    return switch (engine) {
      case ONEDNN -> OneDnnRestorer.of(model.open().state(), 1);
      case ONNX -> OnnxRestorer.open(model.onnx(), 1);
      case DL4J -> Dl4jTrainer.of(model.open().state(), 1);
    };
  }

  /** Checks every map to the last bit; returns what the metrics should be. */
  private static Map<String, CategoryMetrics> assertEqualSerial(
      OutputRoot root, InferenceEngine engine) throws Exception {
    Map<String, CategoryMetrics> serial = new TreeMap<>();
    Map<String, FrequencyAnalysis> frequencies = new TreeMap<>();
    Map<String, byte[]> maps = maps(root);
    List<Row> images =
        Table.open(root, ImagesTable.SPEC).dataset(SPARK).where("split = 'test'").collectAsList();
    for (String category : List.of("flange", "weave")) {
      CategoryMetrics metrics =
          new CategoryMetrics(config.evaluation().maskConvention(), config.evaluation().fprLimit());
      FrequencyAnalysis analysis = new FrequencyAnalysis();
      ModelStore model = new ModelStore(root, category);
      try (Restorer restorer = restorer(model, engine)) {
        RestorationDetector inspector =
            new RestorationDetector(
                config.extractor(),
                restorer,
                config.evaluation().anomalyFunction(),
                config.evaluation().batchSize());
        for (Row row : images) {
          if (row.getAs(ImagesTable.CATEGORY).equals(category)) {
            Detection found = inspector.detect(List.of(ImagesTable.pixels(row).toFloat())).get(0);
            String id = row.getAs(ImagesTable.IMAGE_ID);
            assertThat(Arrays.mismatch(maps.get(id), Float32Codec.of(found.map().values())))
                .as("first byte that differs in the map of " + id)
                .isEqualTo(-1);
            FloatImage original = ImagesTable.pixels(row).toFloat();
            boolean anomalous = row.<Integer>getAs(ImagesTable.LABEL) == 1;
            analysis.addEnergy(EnergySpectrum.shares(original), anomalous);
            analysis.addSimilarity(
                FrequencySimilarity.cosines(
                    original, found.reconstruction().orElseThrow().restored()),
                anomalous);
            InspectedMap map = InspectedMap.whole(found.map().values(), 32);
            ImageMetadata metadata = ImageMetadata.NONE.with(ownSize(row, found.map()));
            if (anomalous) {
              metrics.addAnomalous(
                  row.getAs(ImagesTable.DEFECT),
                  found.score(),
                  map,
                  row.getAs(ImagesTable.MASK),
                  metadata);
            } else {
              metrics.addNormal(
                  map,
                  found.score(),
                  OptionalDouble.of(found.extra(Reconstruction.MSE).orElseThrow()[0]),
                  metadata);
            }
          }
        }
      }
      serial.put(category, metrics);
      frequencies.put(category, analysis);
    }
    assertThat(maps).as("maps").hasSize(images.size());
    for (var entry : frequencies.entrySet()) {
      Path file = Path.of(root.path().toUri().getPath()).resolve("metrics/frequencies.json");
      JsonNode written = new ObjectMapper().readTree(file.toFile()).get("categories");
      assertCurves(written.get(entry.getKey()), entry);
    }
    return serial;
  }

  /** Returns a map at the size of its image's file, with the mask as its own file has it. */
  private static OwnSize ownSize(Row row, FloatImage map) throws Exception {
    InspectedMap larger = InspectedMap.whole(BilinearUpsampling.resize(map, 64, 64).values(), 64);
    String mask = row.getAs(ImagesTable.MASK_PATH);
    return new OwnSize(
        larger,
        mask == null
            ? null
            : ImageFiles.readMask(
                    Files.readAllBytes(Path.of(URI.create(mask).getPath())), DecodeLimits.DEFAULT)
                .pixels()
                .pixels());
  }

  private static void assertCurves(JsonNode written, Map.Entry<String, FrequencyAnalysis> serial) {
    for (boolean anomalous : new boolean[] {false, true}) {
      String kind = anomalous ? "anomalous" : "normal";
      FrequencyAnalysis analysis = serial.getValue();
      assertCurve(written.get("similarity").get(kind), analysis.similarity(anomalous).curve());
      assertCurve(written.get("energy").get(kind), analysis.energy(anomalous).curve());
      assertThat(analysis.energy(anomalous).curve())
          .as("distances 0 to 23 at 32 pixels")
          .hasSize(24);
      assertThat(written.get("energy").get(kind).get("images").asLong())
          .as("%s images of %s", kind, serial.getKey())
          .isEqualTo(analysis.energy(anomalous).images())
          .isPositive();
    }
  }

  private static void assertCurve(JsonNode written, List<RadialPoint> serial) {
    assertThat(written.get("mean").size()).as("distances").isEqualTo(serial.size()).isPositive();
    for (int i = 0; i < serial.size(); i++) {
      assertThat(written.get("distance").get(i).asInt()).isEqualTo(serial.get(i).distance());
      assertThat(written.get("mean").get(i).asDouble())
          .as("to the last bit")
          .isEqualTo(serial.get(i).mean());
      assertThat(written.get("deviation").get(i).asDouble()).isEqualTo(serial.get(i).deviation());
    }
  }

  private static void assertWritten(String category, CategoryMetrics metrics) {
    MetricValues values = metrics.result().values();
    for (Metric metric : Metric.values()) {
      try {
        JsonNode written =
            json("metrics/metrics.json").get("categories").get(category).get(metric.key());
        Area area = values.get(metric);
        assertThat(
                written.isNull() ? OptionalDouble.empty() : OptionalDouble.of(written.asDouble()))
            .as("%s of %s", metric, category)
            .isEqualTo(area.value());
        assertThat(
                metric == Metric.AUPIMO || metric == Metric.AU_SPRO_05 || area.value().isPresent())
            .as("%s: too few pixels for that rate, and no saturations", area)
            .isTrue();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
