package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set told by a table, from its images to the thresholds that its calibration images set.
 */
class ManifestTrainingTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final int SIZE = 32;

  @TempDir Path folder;

  private void image(String name, int color, int anomalousRow) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(name.hashCode());
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        image.setRGB(x, y, color < 0 ? random.nextInt(0x1000000) : color);
      }
    }
    for (int x = 0; x < SIZE && anomalousRow >= 0; x++) {
      image.setRGB(x, anomalousRow, 0x2ca02c);
    }
    Path file = folder.resolve("parts").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static void run(Job<?, ?> job, FairConfig config) throws Exception {
    PrintStream lines = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    job.run(
        new JobContext(
            "test", config, LocalSpark.lazy(SPARK), Terminal.plain(lines, lines), false));
  }

  @Test
  void calibrationImagesSetTheThresholdsAndColumnsTravelAlong() throws Exception {
    List<String> calibration = new ArrayList<>();
    StringBuilder rows =
        new StringBuilder(
            "path,category,split,defect,mask,group,condition,mask_background,line,view\n");
    for (int i = 0; i < 12; i++) {
      image(i + ".png", -1, -1);
      rows.append(
          i
              + ".png,nut,"
              + (i < 6 ? "train" : "calibration")
              + ",,,lot "
              + i
              + ",,,,"
              + view(i)
              + "\n");
      if (i >= 6) {
        calibration.add(i + ".png");
      }
    }
    image("bad.png", -1, -1);
    image("two.png", -1, -1);
    image("masks/white.png", 0xffffff, 4);
    image("masks/a.png", 0, 8);
    image("masks/b.png", 0, 20);
    rows.append("bad.png,nut,test,cut,masks/white.png,,dark,#ffffff,7,top\n");
    rows.append("two.png,nut,test,cut,masks/a.png;masks/b.png,,,,,side\n");
    Files.writeString(folder.resolve("table.csv"), rows.toString());
    FairConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + folder.resolve("parts"),
                "data.layout=manifest",
                "data.manifest=" + folder.resolve("table.csv"),
                "output.root=" + folder.resolve("out"),
                "image.size=" + SIZE,
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=1",
                "calibration.false-positive-rate=0.2",
                "evaluation.smoothing=5"));
    run(new PrepareJob(), config);
    run(new TrainJob(), config);
    run(new EvaluateJob(), config);

    OutputRoot root =
        OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), config.output().root());
    Table images = Table.open(root, ImagesTable.SPEC);
    assertThat(images.manifest().rowsBy(ImagesTable.SPLIT))
        .containsEntry("train", 6L)
        .containsEntry("calibration", 6L)
        .containsEntry("test", 2L);
    List<Row> test =
        images.dataset(SPARK).where("split = 'test'").orderBy(ImagesTable.IMAGE_ID).collectAsList();
    assertThat(anomalousRows(test.get(0))).as("what is not white").containsExactly(4);
    assertThat(anomalousRows(test.get(1))).as("both masks").containsExactly(8, 20);
    assertThat(test.get(1).<String>getAs(ImagesTable.MASK_PATH))
        .matches("file:.*/masks/a.png;file:.*/masks/b.png");

    List<Row> maps =
        Table.open(root, MapsTable.SPEC).dataset(SPARK).orderBy(MapsTable.IMAGE_ID).collectAsList();
    for (Row row : List.of(test.get(0), maps.get(0))) {
      assertThat(row.<String>getAs(AnnotationColumns.CONDITION)).isEqualTo("dark");
      assertThat(row.<String>getAs(AnnotationColumns.GROUP_ID)).isNull();
      assertThat(row.<String>getAs(AnnotationColumns.OTHERS))
          .isEqualTo("{\"line\":\"7\",\"mask_background\":\"#ffffff\"}");
    }

    JsonNode training =
        new ObjectMapper()
            .readTree(folder.resolve("out/models/nut/manifest.json").toFile())
            .path("training");
    List<String> held = new ArrayList<>();
    training.path("held_out").forEach(id -> held.add(id.asText()));
    assertThat(held).containsExactlyInAnyOrderElementsOf(calibration);
    assertThat(training.path("images").asInt()).as("images trained on").isEqualTo(6);
    assertThat(
            new ObjectMapper()
                .readTree(folder.resolve("out/models/nut/calibration.json").toFile())
                .path("image_threshold")
                .path("images")
                .asInt())
        .as("images that set the thresholds")
        .isEqualTo(6);
    inspectsByView(config, root);
  }

  private static String view(int image) {
    return image % 2 == 0 ? "top" : "side";
  }

  /** Images of one view count in the left half alone, those of the other in the right half. */
  private void inspectsByView(FairConfig whole, OutputRoot root) throws Exception {
    Files.writeString(
        folder.resolve("regions.json"),
        "{\"nut\": {\"views\": {\"top\": {\"rectangles\": [[0, 0, 0.5, 1]]},"
            + " \"side\": {\"ignore-rectangles\": [[0, 0, 0.5, 1]]}}}}");
    FairConfig config = whole.with("inspection.regions", folder.resolve("regions.json").toString());
    run(new TrainJob(), config);
    run(new EvaluateJob(), config);
    for (Row row : Table.open(root, MapsTable.SPEC).dataset(SPARK).collectAsList()) {
      float[] map = Float32Codec.toFloats(row.getAs(MapsTable.MAP));
      boolean left = row.<String>getAs(AnnotationColumns.VIEW).equals("top");
      float highest = 0;
      for (int p = 0; p < map.length; p++) {
        assertThat(map[p] == 0 || p % SIZE < SIZE / 2 == left).as("0 outside").isTrue();
        highest = Math.max(highest, map[p]);
      }
      assertThat(row.<Float>getAs(MapsTable.SCORE)).isEqualTo(highest).isPositive();
    }
    CategoryResult result = new MetricsFile(root).read().orElseThrow().categories().get("nut");
    Confusion pixels = result.decisions().atThreshold().orElseThrow().pixels();
    assertThat(
            pixels.truePositives()
                + pixels.falsePositives()
                + pixels.trueNegatives()
                + pixels.falseNegatives())
        .as("half of two images")
        .isEqualTo(SIZE * SIZE);
    run(new ReportJob(), config);
    Path night = folder.resolve("night");
    run(
        new ScoreJob(),
        config.with(
            Map.of(
                "output.root",
                night.toString(),
                "score.model",
                folder.resolve("out/models").toString(),
                "score.input",
                folder.resolve("table.csv").toString())));
    int compared = 0;
    for (Row row :
        new ScoresStore(OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), night.toString()))
            .rows(SPARK)
            .collectAsList()) {
      if (row.getAs(ScoresTable.SCORE) != null) {
        boolean left = row.<String>getAs(AnnotationColumns.VIEW).equals("top");
        assertThat(row.<Integer>getAs(ScoresTable.PEAK_X) < SIZE / 2).isEqualTo(left);
        compared++;
      }
    }
    assertThat(compared).as("images of the table").isEqualTo(14);
  }

  private static List<Integer> anomalousRows(Row image) {
    byte[] mask = image.getAs(ImagesTable.MASK);
    List<Integer> rows = new ArrayList<>();
    for (int y = 0; y < SIZE; y++) {
      byte[] row = Arrays.copyOfRange(mask, y * SIZE, (y + 1) * SIZE);
      if (row[0] == (byte) 255) {
        rows.add(y);
      }
    }
    return rows;
  }
}
