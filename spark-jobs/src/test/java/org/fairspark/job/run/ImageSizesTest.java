package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.anomaly.Peak;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Frame;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.files.ImageFiles;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.inference.EnginePool;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.metrics.Confusion;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that are not square or larger than the network, in all jobs: resized, padded, or in tiles.
 */
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
    image("test/good/tall.png", 90, 60, 300, 0);
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
    if (name.endsWith(".jpg")) {
      BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      photo.getRaster().setDataElements(0, 0, width, height, pixels);
      Path file = folder.resolve("photos/weave").resolve(name);
      Files.createDirectories(file.getParent());
      assertThat(ImageIO.write(photo, "jpeg", file.toFile())).as("written").isTrue();
      return;
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
    assertMapsAreThoseOfOneLoop("sized", config);
    for (Row image : tests("sized")) {
      assertThat(ImagesTable.pixels(image).size()).isEqualTo(new ImageSize(32, 48));
    }
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
    assertScoresAreThoseOfTheMaps("sized");
    assertThat(Files.readString(folder.resolve("sized/report/index.html"))).contains("48 x 32");
  }

  @Test
  void paddingCountsNowhere() throws Exception {
    FairConfig config = config("padded", "image.size=48", "image.fit=pad");
    JobCall.run(new RunJob(), config);
    assertMapsAreThoseOfOneLoop("padded", config);
    long pixels = 0;
    for (Row row : tests("padded")) {
      boolean tall = row.<String>getAs(ImagesTable.IMAGE_ID).contains("tall");
      PixelImage kept = ImagesTable.pixels(row);
      assertThat(kept.size()).isEqualTo(tall ? new ImageSize(48, 32) : new ImageSize(32, 48));
      pixels += kept.size().pixels();
    }
    assertThat(countedPixels("padded"))
        .as("pixels of the metrics: none of the padding")
        .isEqualTo(pixels);
    Table samples = Table.open(root("padded"), SamplesTable.SPEC);
    assertThat(samples.dataset(SPARK).first().<byte[]>getAs(SamplesTable.INPUT))
        .as("the network sees 48 x 48")
        .hasSize(4 * 48 * 48);
    score("padded");
    assertScoresAreThoseOfTheMaps("padded");
    assertThatThrownBy(() -> JobCall.run(new EvaluateJob(), config("padded", "image.size=48")))
        .hasMessageContaining("image.fit: there pad, now not set");
  }

  @Test
  void paddingCountsNowhereForFeaturesEither() throws Exception {
    Path backbone = folder.resolve("backbone.onnx");
    Files.write(
        backbone, OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(3, 8, true), 1), Map.of()));
    String output = "padded-features";
    FairConfig config =
        config(
            output,
            "image.size=48",
            "image.fit=pad",
            "image.reduction=area",
            "method.kind=patchcore",
            "method.backbone=" + backbone,
            "method.layers=[restored]");
    JobCall.run(new RunJob(), config);
    List<Row> images = tests(output);
    List<Row> maps = maps(output);
    for (int i = 0; i < maps.size(); i++) {
      float[] map = Float32Codec.toFloats(maps.get(i).getAs(MapsTable.MAP));
      assertThat(map).hasSize((int) ImagesTable.pixels(images.get(i)).size().pixels());
      assertThat(maps.get(i).<Float>getAs(MapsTable.SCORE))
          .as("none of what the padding shows")
          .isEqualTo(Peak.of(new FloatImage(1, 1, map.length, map)).value());
    }
    score(output);
    assertScoresAreThoseOfTheMaps(output);
  }

  @Test
  void tilesAreTrainedCalibratedMeasuredAndScoredByOneModel() throws Exception {
    FairConfig config =
        config("tiled", "image.size=32", "image.tiles=true", "image.tile-overlap=16");
    assertThat(JobCall.plan(new RunJob(), config).summary())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("train/good/000.png has 90 x 60 pixels: 15 tile(s) of 32 x 32"));
    JobCall.run(new RunJob(), config);
    assertMapsAreThoseOfOneLoop("tiled", config);
    long pixels = 0;
    for (Row row : tests("tiled")) {
      pixels += ImagesTable.pixels(row).size().pixels();
    }
    assertThat(pixels).as("seven images as they are").isEqualTo(7 * 60 * 90);
    assertThat(countedPixels("tiled")).as("pixels of the metrics").isEqualTo(pixels);
    score("tiled");
    assertScoresAreThoseOfTheMaps("tiled");
    assertThatThrownBy(() -> config("x", "image.tiles=true", "method.kind=padim"))
        .hasMessageContaining("image.tiles")
        .hasMessageContaining("padim");
    assertThatThrownBy(() -> config("x", "image.tiles=true", "evaluation.score=auto"))
        .hasMessageContaining("evaluation.score");
  }

  @Test
  void jpegsDecodedAtTheScaleThatIsNeededAreScoredAsTheModelLearntThem() throws Exception {
    for (int i = 0; i < 8; i++) {
      image("train/good/%03d.jpg".formatted(i), 260, 360, i, 0);
    }
    for (int i = 0; i < 3; i++) {
      image("test/good/%03d.jpg".formatted(i), 260, 360, 100 + i, 0);
    }
    Path photos = folder.resolve("photos");
    String[] settings = {
      "data.root=" + photos,
      "image.size=32",
      "image.reduction=area-scaled-jpeg",
      "training.epochs=2"
    };
    FairConfig config = config("scaled", settings);

    JobCall.run(new RunJob(), config);
    for (String large : List.of("resize", "tile")) {
      JobCall.run(
          new ScoreJob(),
          config(
              "scaled-" + large,
              "data.root=" + photos.resolve("weave/test"),
              "score.category=weave",
              "score.large-images=" + large,
              "score.model=" + folder.resolve("scaled/models")));
      assertThat(folder.resolve("scaled-" + large + "/overlays")).isDirectory();
    }

    Frame frame = config.image().frame();
    List<Row> images = tests("scaled");
    List<Row> scores =
        new ScoresStore(root("scaled-resize"))
            .rows(SPARK)
            .orderBy(ScoresTable.PATH)
            .collectAsList();
    for (int i = 0; i < images.size(); i++) {
      byte[] file = Files.readAllBytes(photos.resolve("weave/test/good/%03d.jpg".formatted(i)));
      DecodedImage seen =
          ImageFiles.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE, frame::needed);
      assertThat(seen.cells().cell()).as("cells").isEqualTo(ImageSize.square(4));
      assertThat(ImagesTable.pixels(images.get(i)).pixels())
          .as("the kept image")
          .isEqualTo(frame.keep(seen.cells()).pixels());
      assertThat(images.get(i).<Integer>getAs(ImagesTable.ORIGINAL_WIDTH))
          .as("columns of the file")
          .isEqualTo(360);
      assertThat(scores.get(i).<Integer>getAs(ScoresTable.WIDTH))
          .as("columns of the file")
          .isEqualTo(360);
      assertThat(scores.get(i).<Float>getAs(ScoresTable.SCORE))
          .as("score")
          .isEqualTo(maps("scaled").get(i).<Float>getAs(MapsTable.SCORE));
    }
    assertThat(
            new ScoresStore(root("scaled-tile"))
                .rows(SPARK)
                .where(ScoresTable.SCORE + " > 0")
                .count())
        .as("scores by tiles, of all pixels")
        .isEqualTo(3);
    settings[2] = "image.reduction=area";
    assertThatThrownBy(() -> JobCall.run(new EvaluateJob(), config("scaled", settings)))
        .hasMessageContaining("image.reduction: there area-scaled-jpeg, now area");
  }

  /** Pixels of all test images that the metrics at the threshold count. */
  private static long countedPixels(String output) throws IOException {
    Confusion pixels =
        new MetricsFile(root(output))
            .read()
            .orElseThrow()
            .categories()
            .get("weave")
            .decisions()
            .atThreshold()
            .orElseThrow()
            .pixels();
    return pixels.truePositives()
        + pixels.falsePositives()
        + pixels.trueNegatives()
        + pixels.falseNegatives();
  }

  /** Compares maps and scores with those that one loop over the kept images makes. */
  private static void assertMapsAreThoseOfOneLoop(String output, FairConfig config)
      throws Exception {
    TrainedModel model = new ModelStore(root(output), "weave").open();
    List<Row> images = tests(output);
    List<Row> maps = maps(output);
    assertThat(maps).hasSize(7);
    EnginePool.restore(
        model.calibration().engine().orElseThrow(),
        model.id(),
        model.state(),
        1,
        restorer -> {
          AnomalyDetector serial =
              config
                  .image()
                  .frame()
                  .of(
                      new RestorationDetector(
                          config.extractor(), restorer, config.evaluation().anomalyFunction(), 8));
          for (int i = 0; i < maps.size(); i++) {
            PixelImage image = ImagesTable.pixels(images.get(i));
            Detection found = serial.detect(List.of(image.toFloat())).get(0);
            assertThat(Float32Codec.toFloats(maps.get(i).getAs(MapsTable.MAP)))
                .isEqualTo(found.map().values());
            assertThat(maps.get(i).<Float>getAs(MapsTable.SCORE)).isEqualTo(found.score());
          }
          return null;
        });
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

  private static void assertScoresAreThoseOfTheMaps(String output) throws IOException {
    List<Row> maps = maps(output);
    Float threshold =
        new ModelStore(root(output), "weave")
            .metadata()
            .calibration()
            .found()
            .orElseThrow()
            .image()
            .value();
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
      assertThat(scored.<Float>getAs(ScoresTable.THRESHOLD)).isEqualTo(threshold);
      if (maps.get(i).<Integer>getAs(MapsTable.LABEL) == 1) {
        assertThat(scored.<Integer>getAs(ScoresTable.PEAK_X)).as("the hole").isBetween(52, 68);
        assertThat(scored.<Integer>getAs(ScoresTable.PEAK_Y)).isBetween(22, 38);
      }
    }
  }
}
