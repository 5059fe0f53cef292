package org.fairspark.job.train.intra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.PatchSample;
import org.fairspark.detect.intra.IntraMethod;
import org.fairspark.failure.ExitStatus;
import org.fairspark.image.PixelImage;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.SerialTraining;
import org.fairspark.job.train.TrainJob;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.runtime.Job;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.LearningRate;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** InTra as two workers train it: what its network learns, by plain code once more. */
class IntraTrainingTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static DemoDataset.Written data;

  @BeforeAll
  static void run() throws Exception {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 9, 3, 2));
    for (Job job : List.of(new PrepareJob(), new TrainJob())) {
      assertThat(JobCall.run(job, config()).status()).isEqualTo(ExitStatus.DONE);
    }
  }

  private static FairConfig config() {
    return ConfigLoader.load(
        List.of(
            Path.of(System.getProperty("fair.repository", ".."))
                .resolve("conf/methods/intra.conf")),
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "output.root=" + folder.resolve("run"),
            "image.size=" + SIZE,
            "model.width=4",
            "training.epochs=3",
            "training.averaging-frequency=1",
            "training.learning-rate=0.01",
            "training.workers=2",
            "training.threads=1",
            "evaluation.smoothing=5",
            "calibration.share=0.34",
            "calibration.false-positive-rate=0.4"));
  }

  private static OutputRoot root() {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve("run").toString());
  }

  private static ModelStore model() {
    return new ModelStore(root(), "weave");
  }

  private static Map<String, PixelImage> images(String split) {
    Map<String, PixelImage> images = new TreeMap<>();
    for (Row row :
        Table.open(root(), ImagesTable.SPEC)
            .dataset(SPARK)
            .where("split = '%s'".formatted(split))
            .collectAsList()) {
      images.put(row.getAs(ImagesTable.IMAGE_ID), ImagesTable.pixels(row));
    }
    return images;
  }

  /** Draws, blocks, steps, averages and the mean of the differences, in this thread. */
  @Test
  void twoWorkersTrainTheModelThatASerialLoopTrains() {
    FairConfig config = config();
    IntraMethod method = new IntraMethod();
    NetworkSpec network = method.architecture(config.detection());
    HeldOut held =
        CategoryRows.heldOut(SPARK, "weave", Table.open(root(), ImagesTable.SPEC), config);
    Map<String, PixelImage> images = images("train");
    images.keySet().removeAll(held.ids());
    List<TrainingSample> samples = new ArrayList<>();
    images.forEach(
        (id, image) -> {
          // What it draws does not matter: each epoch draws anew.
          PatchSample sample = method.sample(config.detection(), image, 0);
          samples.add(
              new TrainingSample(
                  id, 0, Float32Codec.of(sample.input()), Float32Codec.of(sample.target())));
        });
    TrainingPlan plan =
        new TrainingPlan(
            config.seed(),
            "weave",
            samples.size(),
            1,
            SIZE,
            SIZE,
            2,
            1,
            2,
            3,
            LearningRate.paper(0.01));
    NetworkWeights state = SerialTraining.byPytorch(network, samples, plan);
    List<float[]> looks = new ArrayList<>();
    try (OnnxTrainedGraph graph = open(GraphExport.bytes(state, Map.of()))) {
      for (PixelImage image : images.values()) {
        looks.add(method.look(config.detection(), graph, image.toFloat()));
      }
    }
    NetworkWeights serial = method.complete(state, looks);
    SafeTensors trained = model().fitted();
    for (NetworkSpec.TensorSpec tensor : network.tensors()) {
      assertThat(trained.tensors().get(tensor.name()).values())
          .as(tensor.name())
          .isEqualTo(serial.tensor(tensor.name()));
    }
  }

  private static OnnxTrainedGraph open(byte[] file) {
    return OnnxTrainedGraph.open(file, 1, OptionalInt.empty());
  }

  @Test
  void theLossFallsAndThresholdsAreSet() {
    var loss = model().loss();
    assertThat(loss).hasSize(3);
    assertThat(loss.get(2).loss()).isLessThan(0.8 * loss.get(0).loss());
    assertThat(model().metadata().calibration().found()).isPresent();
  }

  @Test
  void thePlanTellsTheNetworkTheEngineAndTheMemory() throws Exception {
    SparkConf conf = SPARK.sparkContext().getConf();
    assertThat(JobCall.plan(new TrainJob(), config()).summary())
        .contains("PyTorch trains, the one engine for method.kind=intra")
        .anyMatch(line -> line.startsWith("network: "));
    assertThat(new TrainJob().memory(config().with("image.size", "128"), conf).nativeBytes())
        .as("larger images, larger windows")
        .isGreaterThan(new TrainJob().memory(config(), conf).nativeBytes());
  }
}
