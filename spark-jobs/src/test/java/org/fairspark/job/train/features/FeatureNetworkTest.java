package org.fairspark.job.train.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.TinyBackbone;
import org.fairspark.calibration.HeldOut;
import org.fairspark.cluster.FaultyRun;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.rd4ad.Rd4adMethod;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.SerialTraining;
import org.fairspark.job.train.TrainJob;
import org.fairspark.metrics.Metric;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.LearningRate;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is trained on a backbone's features, RD4AD's student, through the pipeline. */
class FeatureNetworkTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final int SIZE = 64;

  @TempDir private static Path folder;
  private static GraphSpec student;

  @BeforeAll
  static void data() throws Exception {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(80, 9, 4, 4));
    Files.write(folder.resolve("backbone.onnx"), TinyBackbone.bytes(SIZE));
    assertThat(JobCall.run(new RunJob(), config("run")).status()).isEqualTo(ExitStatus.DONE);
    student =
        new Rd4adMethod()
            .architecture(
                config("run").detection(), List.of(List.of(8, 16, 16), List.of(16, 8, 8)));
  }

  @AfterAll
  static void forgetFaults() {
    FaultyRun.hadoop(Map.of());
  }

  private static FairConfig config(String root) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + folder.resolve("data/factory"),
            "data.categories=[weave]",
            "output.root=" + folder.resolve(root),
            "image.size=" + SIZE,
            "method.kind=rd4ad",
            "method.backbone=" + folder.resolve("backbone.onnx"),
            "method.layers=[fine, coarse]",
            "model.width=4",
            "training.epochs=12",
            "training.batch-size=2",
            "training.averaging-frequency=2",
            "training.learning-rate=0.005",
            "training.workers=2",
            "training.threads=1",
            "calibration.share=0.34",
            "calibration.false-positive-rate=0.4"));
  }

  private static ModelStore model(String root) {
    return new ModelStore(
        OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), folder.resolve(root).toString()),
        "weave");
  }

  @Test
  void theLossFallsAndMetricsThresholdsAndReportAreThere() throws Exception {
    List<EpochSummary> loss = model("run").loss();
    assertThat(loss).hasSize(12);
    assertThat(loss.get(11).loss()).isLessThan(0.7 * loss.get(0).loss());
    var areas =
        new MetricsFile(root("run")).read().orElseThrow().categories().get("weave").values();
    assertThat(areas.areas().get(Metric.IMAGE_AUROC).value()).isPresent();
    assertThat(areas.areas().get(Metric.AUPRO).value()).isPresent();
    assertThat(model("run").metadata().calibration().found()).isPresent();
    assertThat(Files.readString(folder.resolve("run/report/index.html"))).contains("weave");
  }

  private static OutputRoot root(String name) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve(name).toString());
  }

  /** Features, blocks, steps and averages by plain code, in this thread. */
  @Test
  void twoWorkersTrainTheModelThatASerialLoopTrains() {
    FairConfig config = config("run");
    Table images = Table.open(root("run"), ImagesTable.SPEC);
    HeldOut held = CategoryRows.heldOut(SPARK, "weave", images, config);
    List<TrainingSample> samples = samples(config, images, held);
    TrainingPlan plan =
        new TrainingPlan(
            config.seed(),
            "weave",
            samples.size(),
            1,
            SIZE,
            SIZE,
            2,
            2,
            2,
            12,
            LearningRate.paper(0.005));
    NetworkWeights state = SerialTraining.byPytorch(student, samples, plan);
    SafeTensors trained = model("run").fitted();
    for (NetworkSpec.TensorSpec tensor : student.tensors()) {
      assertThat(trained.tensors().get(tensor.name()).values())
          .as(tensor.name())
          .isEqualTo(state.tensor(tensor.name()));
    }
  }

  private static List<TrainingSample> samples(FairConfig config, Table images, HeldOut held) {
    List<TrainingSample> samples = new ArrayList<>();
    try (OnnxBackbone network =
        OnnxBackbone.open(
            TinyBackbone.bytes(SIZE), List.of("fine", "coarse"), 1, OptionalInt.empty())) {
      for (Row row :
          images
              .dataset(SPARK)
              .where("split = 'train'")
              .orderBy(ImagesTable.IMAGE_ID)
              .collectAsList()) {
        String id = row.getAs(ImagesTable.IMAGE_ID);
        if (!held.ids().contains(id)) {
          List<FloatImage> layers =
              network.features(
                  config
                      .detection()
                      .features()
                      .backbone()
                      .preprocess(ImagesTable.pixels(row).toFloat()));
          float[] all = new float[8 * 16 * 16 + 16 * 8 * 8];
          System.arraycopy(layers.get(0).values(), 0, all, 0, 8 * 16 * 16);
          System.arraycopy(layers.get(1).values(), 0, all, 8 * 16 * 16, 16 * 8 * 8);
          samples.add(new TrainingSample(id, 0, Float32Codec.of(all), new byte[0]));
        }
      }
    }
    return samples;
  }

  @Test
  void aTrainingThatIsKilledAgainAndAgainEndsAtTheSameModel() throws Exception {
    FairConfig config = config("killed").with("output.root", "faulty://" + folder + "/killed");
    assertThat(FaultyRun.of(new PrepareJob(), config, Map.of()).status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(FaultyRun.killedUntilDone(new TrainJob(), config, 9)).isPositive();
    for (String file : List.of("weights.safetensors", "backbone.onnx")) {
      assertThat(folder.resolve("killed/models/weave").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("run/models/weave").resolve(file));
    }
    assertThat(
            new ModelStore(
                    OutputRoot.of(FaultyRun.hadoop(Map.of()), config.output().root()), "weave")
                .metadata()
                .calibration()
                .levels())
        .isEqualTo(model("run").metadata().calibration().levels())
        .isPresent();
  }

  /** Users copy {@code models/} away, and score by nothing else. */
  @Test
  void aCopiedModelScoresArchivesAsItsMapsWere() throws Exception {
    Path copy = folder.resolve("copied");
    FileUtils.copyDirectory(folder.resolve("run/models").toFile(), copy.toFile());
    Path night = folder.resolve("night");
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
    for (Row row : new ScoresStore(root("night")).rows(SPARK).collectAsList()) {
      scores.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row.getAs(ScoresTable.SCORE));
      assertThat(row.<String>getAs(ScoresTable.DECISION)).isIn("normal", "suspicious");
    }
    for (Row map : Table.open(root("run"), MapsTable.SPEC).dataset(SPARK).collectAsList()) {
      assertThat(scores)
          .containsEntry(map.getAs(MapsTable.IMAGE_ID), map.<Float>getAs(MapsTable.SCORE));
    }
  }

  @Test
  void theSameCommandFindsNothingToDo() throws Exception {
    JobResult again = JobCall.run(new TrainJob(), config("run"));
    assertThat(again.summary()).anyMatch(line -> line.contains("up to date"));
  }

  @Test
  void thePlanTellsTheNetworkTheEngineAndTheMemory() throws Exception {
    SparkConf conf = SPARK.sparkContext().getConf();
    assertThat(JobCall.plan(new TrainJob(), config("run")).summary())
        .contains("PyTorch trains, the one engine for method.kind=rd4ad")
        .anyMatch(line -> line.startsWith("student: on the features of the backbone; 2 workers"));
    FairConfig large = config("run").with("image.size", "512");
    assertThat(new TrainJob().memory(large, conf).nativeBytes())
        .as("larger images")
        .isGreaterThan(new TrainJob().memory(config("run"), conf).nativeBytes());
  }

  /**
   * A model may have been trained by a build that has PyTorch, and be taken on by one that has not.
   */
  @Test
  void thresholdsAreSetWithoutTheEngineThatTrained() throws Exception {
    FileUtils.copyDirectory(folder.resolve("run").toFile(), folder.resolve("elsewhere").toFile());
    FairConfig config =
        config("elsewhere")
            .with(Map.of("training.engine", "dl4j", "calibration.false-positive-rate", "0.5"));
    assertThat(JobCall.plan(new TrainJob(), config).summary())
        .anyMatch(line -> line.contains("its thresholds are set again"));
    JobCall.run(new TrainJob(), config);
    assertThat(model("elsewhere").metadata().calibration().levels())
        .isNotEqualTo(model("run").metadata().calibration().levels());
    assertThat(folder.resolve("elsewhere/models/weave/weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("run/models/weave/weights.safetensors"));
  }

  @Test
  void whatCannotBeTrainedIsRefusedBeforeAnythingIsDone() {
    assertThatThrownBy(
            () ->
                JobCall.plan(new TrainJob(), config("run").with("method.layers", "[coarse, fine]")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("method.backbone does not fit")
        .hasMessageContaining("half the height and width of the one before");
    assertThatThrownBy(
            () -> JobCall.plan(new RunJob(), config("fresh").with("training.engine", "dl4j")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("PyTorch alone can");
  }
}
