package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.PixelLevel;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.EnginePool;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Held-out images, the thresholds set by them, and what is done again when settings change. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CalibratedTrainingTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;
  private static FairConfig config;
  private static Path dataRoot;
  private static final StringBuilder terminal = new StringBuilder();

  @BeforeAll
  static void trainOnce() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 2, 1));
    dataRoot = data.dataRoot();
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "data.categories=[weave]",
                "corruption.textures=" + data.textures(),
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=2",
                "calibration.share=0.34",
                "calibration.false-positive-rate=0.2",
                "evaluation.smoothing=5"));
    run(new PrepareJob(), config);
    run(new TrainJob(), config);
  }

  private static JobResult run(Job<?, ?> job, FairConfig config) throws Exception {
    return JobCall.run(job, config, terminal);
  }

  private static OutputRoot root() {
    return OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), config.output().root());
  }

  private static TrainedModel model() {
    return new ModelStore(root(), "weave").open();
  }

  private static Path file(String name) {
    return folder.resolve("out/models/weave").resolve(name);
  }

  private static List<String> heldOut() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(file("manifest.json").toFile());
    List<String> ids = new ArrayList<>();
    manifest.path("training").path("held_out").forEach(id -> ids.add(id.asText()));
    assertThat(manifest.path("training").path("images").asInt())
        .as("images that were trained on")
        .isEqualTo(12 - ids.size());
    return ids;
  }

  @Test
  @Order(1)
  void thresholdsAreThoseOfTheHeldOutImages() throws Exception {
    List<String> held = heldOut();
    assertThat(held).as("a share of 0.34 of 12").hasSize(4);
    float[] scores = new float[4];
    float[] levels = new float[4];
    List<FloatImage> images = new ArrayList<>();
    for (Row row :
        Table.open(root(), ImagesTable.SPEC).dataset(SPARK).orderBy("image_id").collectAsList()) {
      if (held.contains(row.<String>getAs(ImagesTable.IMAGE_ID))) {
        images.add(ImagesTable.pixels(row).toFloat());
      }
    }
    List<Detection> detections =
        EnginePool.restore(
            model().calibration().engine().orElseThrow(),
            model().id(),
            model().state(),
            1,
            restorer ->
                new RestorationDetector(
                        config.extractor(),
                        restorer,
                        config.evaluation().anomalyFunction(),
                        config.evaluation().batchSize())
                    .detect(images));
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detections.get(i).score();
      levels[i] = PixelLevel.of(detections.get(i).map().values(), 0.01);
    }
    Calibration serial = Calibration.of(scores, levels, 0.01, 0.2, 0.95);
    Calibration stored = model().calibration().found().orElseThrow();
    assertThat(stored.image()).isEqualTo(serial.image());
    assertThat(stored.pixel()).isEqualTo(serial.pixel());
    assertThat(stored.scores().toBytes()).isEqualTo(serial.scores().toBytes());
    assertThat(model().calibration().describe())
        .startsWith("threshold ")
        .contains("from 4 held-out images");
  }

  /** By the engine that this machine's {@code score} chooses: this network is not for oneDNN. */
  @Test
  @Order(2)
  void thresholdsAreThoseOfTheScoresThatScoreComputes() throws Exception {
    Calibration stored = model().calibration().found().orElseThrow();
    float[] scores = scoresOf(heldOut(), "score.engine=auto");
    Calibration scored = Calibration.of(scores, scores, 0.01, 0.2, 0.95);
    assertThat(stored.image()).isEqualTo(scored.image());
    assertThat(stored.scores().toBytes()).isEqualTo(scored.scores().toBytes());
    assertThat(model().calibration().engine()).contains(InferenceEngine.ONNX);
    assertThat(terminal.toString()).doesNotContain("warning");
  }

  @Test
  @Order(3)
  void anotherEngineThanTheCalibratedOneIsTold() throws Exception {
    scoresOf(heldOut(), "score.engine=dl4j");
    assertThat(terminal.toString())
        .contains(
            "warning  weave: DL4J restores, but the threshold is from scores of ONNX Runtime: they"
                + " differ by rounding");
  }

  /** Returns the scores that the job {@code score} gives these images. */
  private static float[] scoresOf(List<String> ids, String engine) throws Exception {
    Path output = folder.resolve(engine);
    terminal.setLength(0);
    run(
        new ScoreJob(),
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + dataRoot,
                "output.root=" + output,
                "score.model=" + folder.resolve("out/models"),
                "score.category=weave",
                engine)));
    ScoresStore batches =
        new ScoresStore(
            OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), output.toString()));
    List<Float> scores = new ArrayList<>();
    for (Row row : batches.rows(SPARK).collectAsList()) {
      String name = row.getAs(ScoresTable.NAME_BELOW_ROOT);
      if (ids.contains(name)) {
        scores.add(row.getAs(ScoresTable.SCORE));
      }
    }
    float[] values = new float[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i);
    }
    return values;
  }

  @Test
  @Order(4)
  void otherThresholdSettingsDoNotTrainAgain() throws Exception {
    byte[] weights = Files.readAllBytes(file("weights.safetensors"));
    float before = model().calibration().found().orElseThrow().image().value();
    assertThat(run(new TrainJob(), config).summary())
        .containsExactly("weave                model is up to date, nothing to do");

    FairConfig smoother = config.with("evaluation.smoothing", "9");
    assertThat(run(new TrainJob(), smoother).summary().get(0)).contains("only calibrated again");
    assertThat(model().calibration().found().orElseThrow().image().value()).isLessThan(before);
    assertThat(file("weights.safetensors")).hasBinaryContent(weights);

    run(new TrainJob(), config);
    assertThat(model().calibration().found().orElseThrow().image().value()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void aModelThatSawTheseImagesIsAnotherModel() {
    assertThatThrownBy(() -> run(new TrainJob(), config.with("calibration.share", "0")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("held out: there 4, now nothing");
  }

  @Test
  @Order(6)
  void changedThresholdsAreNoticed() throws Exception {
    String text = Files.readString(file("calibration.json"));
    Files.writeString(file("calibration.json"), text.replace("\"rank\" : 4", "\"rank\" : 3"));
    assertThatThrownBy(CalibratedTrainingTest::model)
        .isInstanceOf(FairException.class)
        .hasMessageContaining("SHA-256 of calibration.json");
    assertThat(run(new TrainJob(), config).summary().get(0)).contains("only calibrated again");
    assertThat(file("calibration.json")).hasContent(text);
  }

  @Test
  @Order(7)
  void tooFewImagesSaySo() throws Exception {
    FairConfig strict =
        config.with(
            java.util.Map.of(
                "output.root", folder.resolve("strict").toString(),
                "training.epochs", "1",
                "calibration.false-positive-rate", "0.05"));
    run(new PrepareJob(), strict);
    assertThat(run(new TrainJob(), strict).summary().get(1))
        .isEqualTo(
            "weave                not calibrated, because a share of 0.34 of 12 training images are"
                + " 4, and a false-positive rate of 0.05 takes 19");
  }
}
