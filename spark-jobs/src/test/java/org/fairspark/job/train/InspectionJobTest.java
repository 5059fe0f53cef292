package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.StatedChange;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.ScoredDetector;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.failure.FairException;
import org.fairspark.inference.EnginePool;
import org.fairspark.inference.Inspections;
import org.fairspark.inspection.Inspection;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.ImageMetadata;
import org.fairspark.metrics.InspectedMap;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.SliceResult;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
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

/** What of an image counts, from calibration to evaluation and archives. */
class InspectionJobTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final String REGIONS =
      "{\"weave\": {\"rectangles\": [[0, 0, 0.5, 1]], \"ignore-polygons\": [[[0, 0], [0.25, 0], [0,"
          + " 0.25]]]}}";

  @TempDir private static Path folder;
  private static Path dataRoot;

  @BeforeAll
  static void trainOnce() throws Exception {
    dataRoot =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 2, 1)).dataRoot();
    Files.writeString(folder.resolve("regions.json"), REGIONS);
    JobCall.run(new PrepareJob(), config(List.of()));
    JobCall.run(new TrainJob(), config(List.of()));
  }

  private static List<String> inspected() {
    return List.of(
        "inspection.regions=" + folder.resolve("regions.json"), "inspection.smallest-area=4");
  }

  private static FairConfig config(List<String> more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + dataRoot,
                "data.categories=[weave]",
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=2",
                "calibration.share=0.5",
                "calibration.false-positive-rate=0.2",
                "evaluation.smoothing=5"));
    settings.addAll(more);
    return ConfigLoader.load(List.of(), settings);
  }

  private static OutputRoot root(Path path) {
    return OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), path.toString());
  }

  @Test
  void regionsThatCannotBeMeantAreToldBeforeTraining() throws Exception {
    Files.writeString(
        folder.resolve("pixels.json"), "{\"weave\": {\"rectangles\": [[10, 10, 300, 300]]}}");
    assertThatThrownBy(() -> plan("pixels.json"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("shares of width and height, from 0 to 1");
    Files.writeString(
        folder.resolve("nothing.json"), "{\"weave\": {\"ignore-rectangles\": [[0, 0, 1, 1]]}}");
    assertThatThrownBy(() -> plan("nothing.json"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("it leaves nothing of weave to inspect");
    Files.writeString(
        folder.resolve("typo.json"), "{\"waeve\": {\"rectangles\": [[0, 0, 1, 0.5]]}}");
    assertThat(
            Inspections.check(
                config(List.of("inspection.regions=" + folder.resolve("typo.json"))),
                SPARK.sparkContext().hadoopConfiguration(),
                List.of("weave")))
        .containsExactly("waeve");
  }

  private static void plan(String regions) throws Exception {
    JobCall.plan(new TrainJob(), config(List.of("inspection.regions=" + folder.resolve(regions))));
  }

  @Test
  void whatLiesOutsideCountsNowhere() throws Exception {
    FairConfig config = config(inspected());
    JobCall.run(new EvaluateJob(), config(List.of()));
    assertThatThrownBy(() -> JobCall.run(new EvaluateJob(), config))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("calibrated with another inspection");
    JobCall.run(new TrainJob(), config);
    ModelStore model = new ModelStore(root(folder.resolve("out")), "weave");
    Inspection inspection = model.metadata().calibration().inspection();
    assertThat(inspection)
        .isEqualTo(
            Inspections.ofSettings(config, SPARK.sparkContext().hadoopConfiguration(), "weave"));
    // Maps of before, as a run without an inspection leaves them, are made again.
    assertThatThrownBy(() -> JobCall.run(new ReportJob(), config))
        .isInstanceOf(FairException.class)
        .hasMessageContaining(
            "are of before the images and models that are there now: other inspection weave,"
                + " thresholds of weave");
    JobCall.run(new EvaluateJob(), config);
    boolean[] inside = inspection.inside(32, 32);
    float threshold = model.metadata().calibration().found().orElseThrow().image().value();
    long above = 0;
    for (Row row :
        Table.open(root(folder.resolve("out")), MapsTable.SPEC).dataset(SPARK).collectAsList()) {
      float[] map = Float32Codec.toFloats(row.getAs(MapsTable.MAP));
      float highest = 0;
      for (int p = 0; p < map.length; p++) {
        assertThat(inside[p] || map[p] == 0).as("0 outside").isTrue();
        highest = Math.max(highest, map[p]);
      }
      assertThat(row.<Float>getAs(MapsTable.SCORE)).isEqualTo(highest);
      above += highest > threshold ? 1 : 0;
    }
    CategoryResult result =
        new MetricsFile(root(folder.resolve("out"))).read().orElseThrow().categories().get("weave");
    Confusion images = result.decisions().atThreshold().orElseThrow().images();
    assertThat(images.truePositives() + images.falsePositives()).isEqualTo(above);
    Confusion pixels = result.decisions().atThreshold().orElseThrow().pixels();
    long counted = 0;
    for (boolean one : inside) {
      counted += one ? 1 : 0;
    }
    assertThat(
            pixels.truePositives()
                + pixels.falsePositives()
                + pixels.trueNegatives()
                + pixels.falseNegatives())
        .as("pixels inside alone")
        .isEqualTo(counted * result.counts().images());
    JobCall.run(new ReportJob(), config);
    assertThat(folder.resolve("out/report/index.html")).exists();
    underChanges(threshold);
    // The model brings its inspection along, whatever the settings of a score run say.
    Path night = folder.resolve("night");
    JobCall.run(
        new ScoreJob(),
        config(
            List.of(
                "output.root=" + night,
                "data.root=" + dataRoot.resolve("weave/test"),
                "score.category=weave",
                "score.model=" + folder.resolve("out/models"))));
    for (Row row : new ScoresStore(root(night)).rows(SPARK).collectAsList()) {
      assertThat(row.<Integer>getAs(ScoresTable.PEAK_X))
          .as("in the left half of 64 columns")
          .isLessThan(32);
      assertThat(row.<Float>getAs(ScoresTable.THRESHOLD)).isEqualTo(threshold);
    }
  }

  private static void underChanges(float threshold) throws Exception {
    List<String> settings = new ArrayList<>(inspected());
    settings.add("robustness.changes=[brighter-5, shift-1]");
    FairConfig config = config(settings);
    MetricsFile file = new MetricsFile(root(folder.resolve("out")));
    CategoryResult before = file.read().orElseThrow().categories().get("weave");
    JobCall.run(new EvaluateJob(), config);
    CategoryResult after = file.read().orElseThrow().categories().get("weave");
    assertThat(after.values()).as("of the images as they are").isEqualTo(before.values());
    assertThat(after.decisions().underChanges().byValue())
        .containsOnlyKeys("brighter-5", "shift-1");
    // One loop over the images, by the model's own detector.
    ModelStore store = new ModelStore(root(folder.resolve("out")), "weave");
    TrainedModel model = store.open();
    CategoryMetrics serial =
        new CategoryMetrics(MaskConvention.REFERENCE, 0.3, model.calibration().levels().get());
    Inspection inspection = model.calibration().inspection();
    StatedChange change = StatedChange.of("brighter-5");
    EnginePool.restore(
        model.calibration().engine().orElseThrow(),
        model.id(),
        model.state(),
        1,
        restorer -> {
          AnomalyDetector detector =
              new ScoredDetector(
                  new RestorationDetector(
                      config.extractor(), restorer, config.evaluation().anomalyFunction(), 8),
                  inspection,
                  Scorer.PAPER,
                  config.evaluation().anomalyFunction());
          for (Row row : testImages()) {
            Detection found =
                detector
                    .detect(
                        List.of(
                            change
                                .apply(
                                    ImagesTable.pixels(row),
                                    config.seed(),
                                    row.getAs(ImagesTable.IMAGE_ID))
                                .toFloat()))
                    .get(0);
            InspectedMap map =
                new InspectedMap(found.map().values(), 32, inspection.inside(32, 32));
            if (row.<Integer>getAs(ImagesTable.LABEL) == 1) {
              serial.addAnomalous(
                  row.getAs(ImagesTable.DEFECT),
                  found.score(),
                  map,
                  row.getAs(ImagesTable.MASK),
                  ImageMetadata.NONE);
            } else {
              double error = found.extra(Reconstruction.MSE).orElseThrow()[0];
              serial.addNormal(map, found.score(), OptionalDouble.of(error), ImageMetadata.NONE);
            }
          }
          return null;
        });
    SliceResult written = after.decisions().underChanges().byValue().get("brighter-5");
    assertThat(written.atThreshold()).isEqualTo(serial.result().decisions().atThreshold());
    assertThat(written.atThreshold().orElseThrow().levels().image())
        .as("the threshold stays")
        .isEqualTo(threshold);
    for (Metric metric : Metric.values()) {
      assertThat(written.values().get(metric).value())
          .as(metric.key())
          .isEqualTo(serial.result().values().get(metric).value());
    }
  }

  private static List<Row> testImages() {
    return Table.open(root(folder.resolve("out")), ImagesTable.SPEC)
        .dataset(SPARK)
        .where("split = 'test'")
        .collectAsList();
  }

  @Test
  void aFileThatCannotBeUsedSaysWhatIsWrong() throws Exception {
    Path file = folder.resolve("wrong.json");
    refused(
        file, "{\"weave\": {\"rectangle\": []}}", "weave has rectangle, and a category may have");
    refused(file, "{\"*\": {\"rectangles\": [[0, 0, 1]]}}", "no number at place 4");
    refused(file, "{\"*\": {\"polygons\": [[[0, 0], [1, 1]]]}}", "at least three corners");
    refused(file, "{\"*\": {\"mask\": \"none.png\"}}", "none.png cannot be read");
    refused(file, "{\"weave\"", "it cannot be read");
    Files.delete(file);
    refused(file, null, "there is no such file");
  }

  private static void refused(Path file, String text, String message) throws Exception {
    if (text != null) {
      Files.writeString(file, text);
    }
    FairConfig config = config(List.of("inspection.regions=" + file));
    assertThatThrownBy(
            () ->
                Inspections.ofSettings(config, SPARK.sparkContext().hadoopConfiguration(), "weave"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining(message);
  }
}
