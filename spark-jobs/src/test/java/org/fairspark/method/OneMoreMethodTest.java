package org.fairspark.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.ConfigException;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Methods;
import org.fairspark.detect.Reconstruction;
import org.fairspark.failure.ExitStatus;
import org.fairspark.inference.DetectorSource;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.train.CalibrationStage;
import org.fairspark.metrics.Metric;
import org.fairspark.network.InferenceEngine;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A method that only these tests have runs through the whole pipeline, though nothing in the
 * product names it: it is one class, its training and two lines in {@code META-INF/services/}.
 */
class OneMoreMethodTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;
  private static FairConfig config;
  private static OutputRoot root;

  @BeforeAll
  static void run() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 6, 4, 2));
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "data.categories=[weave]",
                "corruption.textures=none",
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "filter.cutoff=10",
                "method.kind=mean-color"));
    assertThat(JobCall.run(new RunJob(), config).status()).isEqualTo(ExitStatus.DONE);
    root = OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), config.output().root());
  }

  private static List<Row> images(String split) {
    return Table.open(root, ImagesTable.SPEC)
        .dataset(SPARK)
        .where("split = '%s'".formatted(split))
        .orderBy(ImagesTable.IMAGE_ID)
        .collectAsList();
  }

  private static Detection detect(Row image) {
    return Methods.of(MeanColorMethod.NAME)
        .detector(config.detection(), name -> null)
        .detect(List.of(ImagesTable.pixels(image).toFloat()))
        .get(0);
  }

  @Test
  void mapsHoldItsDetectionsAndNoColumnsOfOthers() {
    Dataset<Row> maps = Table.open(root, MapsTable.SPEC).dataset(SPARK);
    assertThat(maps.columns())
        .contains(MapsTable.SCORE, MapsTable.ENERGY)
        .doesNotContain(Reconstruction.MSE.name(), Reconstruction.SIMILARITY.name());
    List<Row> rows = maps.orderBy(MapsTable.IMAGE_ID).collectAsList();
    List<Row> tests = images("test");
    assertThat(rows).hasSameSizeAs(tests).isNotEmpty();
    for (int i = 0; i < rows.size(); i++) {
      Detection serial = detect(tests.get(i));
      assertThat(rows.get(i).<Float>getAs(MapsTable.SCORE)).isEqualTo(serial.score());
      assertThat(rows.get(i).<byte[]>getAs(MapsTable.MAP))
          .isEqualTo(Float32Codec.of(serial.map().values()));
    }
  }

  @Test
  void metricsSayWhatIsNotDefinedForIt() throws Exception {
    var weave =
        new MetricsFile(root).read().orElseThrow().categories().get("weave").values().areas();
    assertThat(weave.get(Metric.IMAGE_AUROC).value()).isPresent();
    assertThat(weave.get(Metric.PIXEL_AUROC).value()).isPresent();
    assertThat(weave.get(Metric.NORMAL_MSE).toString()).contains("the method restores no images");
    assertThat(Files.readString(folder.resolve("out/metrics/frequencies.json")))
        .contains("\"similarity\":{\"normal\":{\"images\":0,");
  }

  @Test
  void theReportShowsIt() throws Exception {
    assertThat(Files.readString(folder.resolve("out/report/index.html")))
        .contains("weave")
        .contains("the method restores no images");
  }

  @Test
  void thresholdsAreSetByItsScores() {
    List<Row> training = images("train");
    List<String> held = training.stream().map(i -> i.<String>getAs("image_id")).toList();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SPARK.sparkContext());
    Calibration calibration =
        CalibrationStage.run(
                spark,
                config.with(Map.of("calibration.false-positive-rate", "0.2")),
                "weave",
                Table.open(root, ImagesTable.SPEC).dataset(SPARK).where("split = 'train'"),
                new HeldOut(held, ""),
                DetectorSource.ofNetworks(MeanColorMethod.NAME, config.detection(), Map.of()),
                InferenceEngine.DL4J)
            .calibration()
            .found()
            .orElseThrow();
    List<Float> scores = new ArrayList<>();
    training.forEach(image -> scores.add(detect(image).score()));
    assertThat(calibration.images()).isEqualTo(6);
    assertThat(scores).contains(calibration.image().value());
  }

  @Test
  void theOlderKeyNamesItToo() {
    FairConfig older = ConfigLoader.load(List.of(), List.of("evaluation.function=mean-color"));
    assertThat(older.detectionMethod()).isSameAs(config.detectionMethod());
    assertThat(older.effective("evaluation")).isEqualTo(config.effective("evaluation"));
    assertThat(older.toFlatMap())
        .isEqualTo(ConfigLoader.load(List.of(), List.of("method.kind=mean-color")).toFlatMap());
    assertThat(older.fingerprint("method")).isEqualTo(config.fingerprint("method"));
    assertThat(older.effective("evaluation"))
        .as("what only the anomaly function reads has no effect")
        .doesNotContainKey("evaluation.gradient")
        .containsKey("evaluation.smoothing");
  }

  @Test
  void twoKeysThatDisagreeAreRefused() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    List.of(),
                    List.of("method.kind=mean-color", "evaluation.function=discriminative")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("older spelling of method.kind, which says mean-color");
    assertThatThrownBy(() -> ConfigLoader.load(List.of(), List.of("method.kind=mean-colour")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mean-color");
  }
}
