package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.inference.EnginePool;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are not square, in all jobs. */
class ImageSizesTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    for (int i = 0; i < 12; i++) {
      image("train/good/%03d.png".formatted(i), 60, 90, i, 0);
    }
    for (int i = 0; i < 3; i++) {
      image("test/good/%03d.png".formatted(i), 60, 90, 100 + i, 0);
      image("test/hole/%03d.png".formatted(i), 60, 90, 200 + i, 8);
    }
  }

  /**
   * Writes a woven picture with a hole of so many pixels right of its middle, and the hole's mask.
   */
  private static void image(String name, int height, int width, int seed, int hole)
      throws IOException {
    SeededRandom random = new SeededRandom(seed);
    byte[] pixels = new byte[3 * height * width];
    byte[] mask = new byte[height * width];
    for (int y = 0, p = 0; y < height; y++) {
      for (int x = 0; x < width; x++, p++) {
        boolean holed =
            Math.abs(y - height / 2) * 2 < hole && Math.abs(x - 2 * width / 3) * 2 < hole;
        int gray = holed ? 20 : (int) (120 + 50 * Math.sin(0.8 * x) * Math.sin(0.8 * y));
        mask[p] = (byte) (holed ? 255 : 0);
        for (int c = 0; c < 3; c++) {
          pixels[3 * p + c] = (byte) (gray + random.nextInt(8));
        }
      }
    }
    png(name, new PixelImage(3, height, width, pixels));
    if (hole > 0) {
      png(
          name.replace("test/", "ground_truth/").replace(".png", "_mask.png"),
          new PixelImage(1, height, width, mask));
    }
  }

  private static void png(String name, PixelImage image) throws IOException {
    Path file = folder.resolve("data/weave").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PngEncoder.encode(image));
  }

  private static FairConfig config(String output, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + folder.resolve("data"),
                "output.root=" + folder.resolve(output),
                "filter.cutoff=8",
                "corruption.variants=2",
                "model.width=4",
                "training.epochs=20",
                "training.batch-size=4",
                "training.learning-rate=3e-3",
                "calibration.share=0.4",
                "calibration.false-positive-rate=0.25",
                "evaluation.smoothing=5"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings);
  }

  private static OutputRoot root(String output) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve(output).toString());
  }

  private static List<Row> tests(String output) {
    return Table.open(root(output), ImagesTable.SPEC)
        .dataset(SPARK)
        .where("split = 'test'")
        .orderBy(ImagesTable.IMAGE_ID)
        .collectAsList();
  }

  private static List<Row> maps(String output) {
    return Table.open(root(output), MapsTable.SPEC)
        .dataset(SPARK)
        .orderBy(MapsTable.IMAGE_ID)
        .collectAsList();
  }

  @Test
  void widthAndHeightGoThroughAllJobs() throws Exception {
    FairConfig config = config("sized", "image.size=48 x 32", "export.size=fixed");
    JobCall.run(new RunJob(), config);
    TrainedModel model = new ModelStore(root("sized"), "weave").open();
    List<Row> images = tests("sized");
    List<Row> maps = maps("sized");
    assertThat(maps).hasSize(6);
    EnginePool.restore(
        model.calibration().engine().orElseThrow(),
        "of the test",
        model.state(),
        1,
        restorer -> {
          RestorationDetector serial =
              new RestorationDetector(
                  config.extractor(), restorer, config.evaluation().anomalyFunction(), 8);
          for (int i = 0; i < maps.size(); i++) {
            PixelImage image = ImagesTable.pixels(images.get(i));
            assertThat(image.height()).isEqualTo(32);
            assertThat(image.width()).isEqualTo(48);
            float[] map = serial.detect(List.of(image.toFloat())).get(0).map().values();
            assertThat(Float32Codec.toFloats(maps.get(i).getAs(MapsTable.MAP)))
                .as("serial equals distributed")
                .isEqualTo(map);
          }
          return null;
        });
    try (OrtSession exported =
        OrtEnvironment.getEnvironment()
            .createSession(folder.resolve("sized/models/weave/model.onnx").toString())) {
      assertThat(
              ((TensorInfo) exported.getInputInfo().values().iterator().next().getInfo())
                  .getShape())
          .containsExactly(1, 1, 32, 48);
      assertThat(exported.getMetadata().getCustomMetadata())
          .containsEntry("image.size", "48 x 32")
          .containsEntry("image.height", "32")
          .containsEntry("image.width", "48");
    }
    score("sized");
    assertScoresAreThoseOfTheMaps("sized", maps);
    assertThat(Files.readString(folder.resolve("sized/report/index.html"))).contains("48 x 32");
  }

  /** Scores the test images as an archive, with nothing told of sizes. */
  private static void score(String output) throws Exception {
    JobCall.run(
        new ScoreJob(),
        config(
            output + "-night",
            "data.root=" + folder.resolve("data/weave/test"),
            "score.category=weave",
            "score.model=" + folder.resolve(output + "/models")));
  }

  private static void assertScoresAreThoseOfTheMaps(String output, List<Row> maps)
      throws IOException {
    List<Row> scores =
        new ScoresStore(root(output + "-night"))
            .rows(SPARK)
            .orderBy(ScoresTable.PATH)
            .collectAsList();
    assertThat(scores).hasSameSizeAs(maps);
    for (int i = 0; i < scores.size(); i++) {
      Row scored = scores.get(i);
      assertThat(scored.<Float>getAs(ScoresTable.SCORE))
          .as("%s", scored.<String>getAs(ScoresTable.PATH))
          .isEqualTo(maps.get(i).<Float>getAs(MapsTable.SCORE));
      if (maps.get(i).<Integer>getAs(MapsTable.LABEL) == 1) {
        assertThat(scored.<Integer>getAs(ScoresTable.PEAK_X)).as("the hole").isBetween(52, 68);
        assertThat(scored.<Integer>getAs(ScoresTable.PEAK_Y)).isBetween(22, 38);
      }
    }
  }
}
