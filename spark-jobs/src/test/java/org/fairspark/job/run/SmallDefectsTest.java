package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.anomaly.Peak;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.metrics.Metric;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defects of 6 pixels in images eight times as wide as what the network sees: found in tiles, lost
 * where the image is resized. Here the images have 256 x 192 pixels and the network sees 32; {@code
 * -Dfair.small-defects.scale=8} takes 2048 x 1536 and 256, which takes minutes.
 */
class SmallDefectsTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final int SCALE = Integer.getInteger("fair.small-defects.scale", 1);
  private static final int SIZE = 32 * SCALE;
  private static final int HEIGHT = 192 * SCALE;
  private static final int WIDTH = 256 * SCALE;
  private static final int DEFECT = 6;
  private static final int TESTS = 6;

  @TempDir private static Path folder;

  /** Row and column of each test image's defect, by the image's id. */
  private static final Map<String, int[]> DEFECTS = new HashMap<>();

  @BeforeAll
  static void write() throws IOException {
    for (int i = 0; i < 10; i++) {
      png("train/good/%d.png".formatted(i), sheet(i, null));
    }
    for (int i = 0; i < TESTS; i++) {
      png("test/good/%d.png".formatted(i), sheet(100 + i, null));
      SeededRandom random = new SeededRandom(500 + i);
      int[] at = {random.nextInt(20, HEIGHT - 20), random.nextInt(20, WIDTH - 20)};
      String name = "test/speck/%d.png".formatted(i);
      DEFECTS.put("sheet/" + name, at);
      png(name, sheet(200 + i, at));
      byte[] mask = new byte[HEIGHT * WIDTH];
      for (int p = 0; p < mask.length; p++) {
        mask[p] = (byte) (isDefect(p / WIDTH, p % WIDTH, at) ? 255 : 0);
      }
      png("ground_truth/speck/%d_mask.png".formatted(i), new PixelImage(1, HEIGHT, WIDTH, mask));
    }
  }

  private static boolean isDefect(int y, int x, int[] at) {
    return at != null
        && y >= at[0] - DEFECT / 2
        && y < at[0] + DEFECT / 2
        && x >= at[1] - DEFECT / 2
        && x < at[1] + DEFECT / 2;
  }

  /** Returns a woven sheet in the light of a lamp, with a speck whose threads are missing. */
  private static PixelImage sheet(int seed, int[] defect) {
    SeededRandom random = new SeededRandom(seed);
    double phase = 6 * random.nextDouble();
    byte[] pixels = new byte[3 * HEIGHT * WIDTH];
    for (int y = 0, p = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++, p++) {
        double threads = 45 * Math.sin(0.83 * x + phase) * Math.sin(0.79 * y - phase);
        double lamp = 20 * Math.cos(3.0 * x / WIDTH + phase);
        double value = 120 + lamp + (isDefect(y, x, defect) ? -50 : threads);
        for (int c = 0; c < 3; c++) {
          pixels[3 * p + c] = (byte) (value + random.nextInt(16));
        }
      }
    }
    return new PixelImage(3, HEIGHT, WIDTH, pixels);
  }

  private static void png(String name, PixelImage image) throws IOException {
    Path file = folder.resolve("data/sheet").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PngEncoder.encode(image));
  }

  /**
   * Trains and evaluates.
   *
   * @return how many of the defects are the highest place of their image's map
   */
  private static int found(String output, String... more) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + folder.resolve("data"),
                "output.root=" + folder.resolve(output),
                "image.size=" + SIZE,
                "filter.cutoff-unit=cycles-per-256-pixels",
                "corruption.variants=12",
                "model.width=8",
                "training.epochs=36",
                "training.batch-size=4",
                "training.learning-rate=3e-3",
                "calibration.share=0.4",
                "calibration.false-positive-rate=0.25",
                "evaluation.smoothing=7"));
    settings.addAll(List.of(more));
    FairConfig config = ConfigLoader.load(List.of(), settings);
    JobCall.run(new PrepareJob(), config);
    JobCall.run(new TrainJob(), config);
    JobCall.run(new EvaluateJob(), config);
    int found = 0;
    for (Row row :
        Table.open(root(output), MapsTable.SPEC)
            .dataset(SPARK)
            .where("label = 1")
            .select(MapsTable.IMAGE_ID, MapsTable.HEIGHT, MapsTable.WIDTH, MapsTable.MAP)
            .collectAsList()) {
      int height = row.getAs(MapsTable.HEIGHT);
      int width = row.getAs(MapsTable.WIDTH);
      Peak peak =
          Peak.of(
              new FloatImage(
                  1, height, width, Float32Codec.toFloats(row.<byte[]>getAs(MapsTable.MAP))));
      int[] at = DEFECTS.get(row.<String>getAs(MapsTable.IMAGE_ID));
      double reach = DEFECT + 7.0 * HEIGHT / height;
      found +=
          Math.abs((peak.row() + 0.5) * HEIGHT / height - at[0]) < reach
                  && Math.abs((peak.column() + 0.5) * WIDTH / width - at[1]) < reach
              ? 1
              : 0;
    }
    return found;
  }

  private static OutputRoot root(String output) {
    return OutputRoot.of(
        SPARK.sparkContext().hadoopConfiguration(), folder.resolve(output).toString());
  }

  private static double auroc(String output) throws IOException {
    return new MetricsFile(root(output))
        .read()
        .orElseThrow()
        .categories()
        .get("sheet")
        .values()
        .get(Metric.IMAGE_AUROC)
        .value()
        .orElseThrow();
  }

  @Test
  void tilesFindWhatResizingLoses() throws Exception {
    assertThat(found("tiled", "image.tiles=true"))
        .as("found in tiles")
        .isGreaterThanOrEqualTo(TESTS - 1);
    assertThat(auroc("tiled")).as("image AUROC in tiles").isGreaterThan(0.9);
    // A pixel of the resized map is so large that one in five is hit by chance.
    assertThat(found("resized")).as("found in resized images").isLessThanOrEqualTo(TESTS / 2);
    assertThat(auroc("resized")).as("image AUROC, resized").isLessThan(auroc("tiled"));
  }
}
