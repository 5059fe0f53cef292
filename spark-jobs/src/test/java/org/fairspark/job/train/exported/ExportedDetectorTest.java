package org.fairspark.job.train.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.metrics.Metric;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detectors of other programs, through the whole pipeline: files whose map is the channels' mean
 * distance from one half, and whose score is twice the map's highest value.
 */
class ExportedDetectorTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;

  @BeforeAll
  static void data() throws Exception {
    DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 6, 4, 2));
    Files.write(folder.resolve("first.onnx"), detector(new long[] {-1, 3, 32, 32}, 1));
    Files.write(folder.resolve("last.onnx"), detector(new long[] {-1, 32, 32, 3}, 3));
    assertThat(run("first", "[map, score]")).isEqualTo(ExitStatus.DONE);
  }

  private static ExitStatus run(String file, String outputs) throws Exception {
    return JobCall.run(new RunJob(), config(file, outputs)).status();
  }

  private static FairConfig config(String file, String outputs) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + folder.resolve("data/factory"),
            "data.categories=[weave]",
            "output.root=" + folder.resolve("out-" + file),
            "image.size=32",
            "method.kind=onnx",
            "method.backbone=" + folder.resolve(file + ".onnx"),
            "method.layers=" + outputs,
            "method.mean=[0,0,0]",
            "method.deviation=[255,255,255]",
            "calibration.false-positive-rate=0.4"));
  }

  private static OutputRoot root(String file) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve("out-" + file).toString());
  }

  @Test
  void mapsAndScoresAreTheFilesOwn() {
    Table images = Table.open(root("first"), ImagesTable.SPEC);
    List<Row> maps = Table.open(root("first"), MapsTable.SPEC).dataset(SPARK).collectAsList();
    assertThat(maps).isNotEmpty();
    for (Row row : maps) {
      String id = row.getAs(MapsTable.IMAGE_ID);
      Row image =
          images.dataset(SPARK).where("image_id = '%s'".formatted(id)).collectAsList().get(0);
      float[] expected = distance(ImagesTable.pixels(image).toFloat());
      float[] map = Float32Codec.toFloats(row.getAs(MapsTable.MAP));
      float highest = 0;
      for (int i = 0; i < expected.length; i++) {
        assertThat(map[i]).as("%s, pixel %d", id, i).isCloseTo(expected[i], within(1e-6f));
        highest = Math.max(highest, map[i]);
      }
      assertThat(row.<Float>getAs(MapsTable.SCORE)).as(id).isEqualTo(2 * highest);
    }
  }

  private static float[] distance(FloatImage image) {
    int plane = image.height() * image.width();
    float[] mean = new float[plane];
    for (int i = 0; i < 3 * plane; i++) {
      mean[i % plane] += Math.abs(image.values()[i] - 0.5f) / 3;
    }
    return mean;
  }

  @Test
  void thresholdsComeFromAllTrainingImages() {
    ModelCalibration calibration = new ModelStore(root("first"), "weave").metadata().calibration();
    assertThat(calibration.found().orElseThrow().images()).isEqualTo(6);
  }

  @Test
  void aFileOfChannelsLastGivesTheSameFigures() throws Exception {
    assertThat(run("last", "[map, score]")).isEqualTo(ExitStatus.DONE);
    assertThat(figures("last")).isEqualTo(figures("first"));
  }

  private static List<Object> figures(String file) {
    var areas =
        new MetricsFile(root(file)).read().orElseThrow().categories().get("weave").values().areas();
    return List.of(areas.get(Metric.IMAGE_AUROC), areas.get(Metric.PIXEL_AUROC));
  }

  @Test
  void anArchiveIsScoredByIt() throws Exception {
    FairConfig score =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + folder.resolve("data/factory/weave/test"),
                "score.category=weave",
                "score.model=" + folder.resolve("out-first/models"),
                "output.root=" + folder.resolve("night")));
    assertThat(JobCall.run(new ScoreJob(), score).status()).isEqualTo(ExitStatus.DONE);
    assertThat(SPARK.read().parquet(folder.resolve("night/scores").toString()).count())
        .isEqualTo(Table.open(root("first"), MapsTable.SPEC).dataset(SPARK).count());
  }

  @Test
  void aModelThatIsThereIsNotMadeAgain() throws Exception {
    JobResult again = JobCall.run(new TrainJob(), config("first", "[map, score]"));
    assertThat(again.summary()).anyMatch(line -> line.contains("up to date"));
  }

  @Test
  void filesThatDoNotFitAreRefusedBeforeAnyWork() {
    assertThatThrownBy(() -> run("first", "[score]"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("score is not an anomaly map");
    assertThatThrownBy(() -> run("first", "[map, map2]"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("no output map2; it has map, score");
    FairConfig size =
        config("first", "[map]").with("image.size", "64").with("output.root", folder + "/other");
    assertThatThrownBy(() -> JobCall.run(new RunJob(), size))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("for images of 32 x 32 pixels, not of 64 x 64");
  }

  @Test
  void scoringByTheFileItselfTellsTheWay() {
    String file = folder.resolve("first.onnx").toString();
    FairConfig score =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + folder.resolve("data/factory/weave/test"),
                "score.model=" + file,
                "output.root=" + folder.resolve("refused")));
    assertThatThrownBy(() -> JobCall.run(new ScoreJob(), score))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("thresholds come from normal images")
        .hasMessageContaining("method.kind=onnx");
  }

  /**
   * Returns a detector's file.
   *
   * @param shape of its input
   * @param channels the dimension of the channels
   */
  private static byte[] detector(long[] shape, int channels) {
    Onnx.GraphProto.Builder graph =
        Onnx.GraphProto.newBuilder()
            .setName("detector")
            .addInput(value("image", shape))
            .addOutput(value("map", without(shape, channels)))
            .addOutput(value("score", new long[] {-1}))
            .addInitializer(number("half", 0.5f))
            .addInitializer(number("two", 2))
            .addNode(node("Sub", "centred", "image", "half"))
            .addNode(node("Abs", "distance", "centred"))
            .addNode(reduction("ReduceMean", "map", "distance", 1, channels))
            .addNode(reduction("ReduceMax", "highest", "map", 0, 1, 2, 3))
            .addNode(node("Mul", "score", "highest", "two"));
    return Onnx.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static long[] without(long[] shape, int channels) {
    long[] map = shape.clone();
    map[channels] = 1;
    return map;
  }

  private static Onnx.ValueInfoProto value(String name, long[] shape) {
    Onnx.TensorShapeProto.Builder dimensions = Onnx.TensorShapeProto.newBuilder();
    for (long length : shape) {
      var dimension = Onnx.TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(length < 0 ? dimension.setDimParam("N") : dimension.setDimValue(length));
    }
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder().setElemType(1).setShape(dimensions)))
        .build();
  }

  private static Onnx.TensorProto number(String name, float value) {
    return Onnx.TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(value).build();
  }

  private static Onnx.NodeProto node(String operator, String output, String... inputs) {
    return Onnx.NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static Onnx.NodeProto reduction(
      String operator, String output, String input, int keep, long... axes) {
    Onnx.AttributeProto.Builder all =
        Onnx.AttributeProto.newBuilder()
            .setName("axes")
            .setType(Onnx.AttributeProto.AttributeType.INTS);
    for (long axis : axes) {
      all.addInts(axis);
    }
    return node(operator, output, input).toBuilder()
        .addAttribute(all)
        .addAttribute(
            Onnx.AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(Onnx.AttributeProto.AttributeType.INT)
                .setI(keep))
        .build();
  }
}
