package org.fairspark.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.FairException;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.CurvePoint;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.DefectResult;
import org.fairspark.metrics.F1Threshold;
import org.fairspark.metrics.GroupResult;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.ScoreSeparation;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.metrics.CategoryFrequencies.ByLabel;
import org.fairspark.store.metrics.CategoryFrequencies.Point;
import org.fairspark.store.metrics.CategoryFrequencies.RadialCurve;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  private static final Provenance PROVENANCE = Provenance.of(Map.of("seed", "1"));

  private static final AtThreshold DECIDED =
      new AtThreshold(
          new DecisionLevels(0.3f, 0.1f),
          new Confusion(0, 0, 3, 2, "images"),
          new Confusion(6, 2, 90, 2, "pixels"));

  @TempDir Path folder;
  private OutputRoot root;

  @BeforeEach
  void open() {
    root = OutputRoot.of(new Configuration(), folder.toString());
  }

  private static MetricValues values(Area pixel, Area aupro) {
    return MetricValues.of(
        metric ->
            switch (metric) {
              case IMAGE_AUROC -> Area.exact(0.75);
              case PIXEL_AUROC -> pixel;
              case AUPRO -> aupro;
              case NORMAL_MSE -> Area.exact(1.0 / 3);
              case PIXEL_F1_MAX -> Area.exact(0.625);
              default -> Area.notDefined("there are no normal images");
            });
  }

  private static EvaluationResults results() {
    return results(Area.of(0.1, 2e-5));
  }

  private static EvaluationResults results(Area pixelAuroc) {
    TreeMap<String, DefectResult> defects = new TreeMap<>();
    defects.put(
        "cut, \"deep\"",
        new DefectResult(
            values(Area.exact(0.5), Area.notDefined("no anomalous image has a mask")),
            2,
            0,
            Area.exact(0.125),
            Optional.of(DECIDED)));
    CategoryResult tile =
        new CategoryResult(
            values(pixelAuroc, Area.notDefined("no anomalous image has a mask")),
            new ImageCounts(5, 2, 1, 3),
            new F1Threshold(Area.exact(0.3f), Area.notDefined("there are no normal images")),
            List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)),
            List.of(),
            defects,
            new DecisionResult(
                new F1Threshold(Area.exact(0.2f), Area.exact(0.625)),
                Optional.of(DECIDED),
                "",
                Optional.of(
                    new GroupResult(
                        4,
                        1,
                        new ScoreSeparation(
                            Area.exact(0.5),
                            Area.exact(0.25),
                            new F1Threshold(Area.exact(0.1f), Area.exact(0.4))),
                        Optional.of(new Confusion(1, 2, 1, 0, "groups")))),
                new Slices(new TreeMap<>(), "there are more than 32 values"),
                new Slices(
                    new TreeMap<>(
                        Map.of(
                            "top",
                            new SliceResult(
                                values(Area.exact(0.5), Area.exact(0.375)),
                                new ImageCounts(3, 1, 0, 2),
                                Optional.of(DECIDED)))),
                    ""),
                Slices.NONE));
    TreeMap<String, CategoryResult> categories = new TreeMap<>();
    categories.put("tile", tile);
    return new EvaluationResults(
        categories,
        new TreeMap<>(Map.of("bolt", "none of its training images could be used")),
        Map.of("fpr_limit", 0.3),
        Optional.of(new InferenceRate(12.5, 2, true)),
        PROVENANCE.fingerprint());
  }

  @Test
  void resultsAreReadAsTheyWereWritten() throws Exception {
    MetricsFile file = new MetricsFile(root);
    assertThat(file.read()).as("before").isEmpty();
    file.write(results(), List.of("nut: 1 image(s) are turned"));
    assertThat(file.read()).contains(results());
    assertThat(Files.readString(folder.resolve("metrics/metrics.json")))
        .contains("\"data_notes\" : [ \"nut: 1 image(s) are turned\" ]");
    assertThat(file.find(PROVENANCE)).as("made from the same").contains(results());
    assertThat(file.find(Provenance.of(Map.of("seed", "2")))).as("from another").isEmpty();
  }

  @Test
  void aWideBoundIsToldBesideItsNumber() {
    assertThat(results().lines().get(0)).contains("pixel AUROC 0.100  AUPRO");
    assertThat(results(Area.of(0.1, 0.013)).lines().get(0))
        .contains("pixel AUROC 0.100±0.013  AUPRO");
  }

  @Test
  void whatIsNotDefinedIsNullWithItsReason() throws Exception {
    new MetricsFile(root).write(results(), List.of());
    assertThat(Files.readString(folder.resolve("metrics/metrics.json")))
        .contains(
            "\"aupro\" : null,",
            "\"aupro_not_defined\" : \"because no anomalous image has a mask\"");
    assertThat(Files.readAllLines(folder.resolve("metrics/metrics.csv")))
        .containsExactly(
            "category,defect,images,anomalous_images,regions,image_auroc,pixel_auroc,aupro,normal_mse,"
                + "image_ap,image_f1_max,pixel_auroc_half,aupro_half,pixel_auroc_own_size,"
                + "aupro_own_size,aupro_05,pixel_ap,pixel_f1_max,aupimo,au_spro_05,image_precision,image_recall,image_f1,false_alarm_rate,pixel_f1,"
                + "background_false_positive_rate,area_share",
            "tile,,5,2,3,0.75,0.1,,0.3333333333333333,,,,,,,,,0.625,,,,0.0,0.0,0.0,0.75,"
                + "0.021739130434782608,",
            "tile,\"cut,"
                + " \"\"deep\"\"\",2,2,0,0.75,0.5,,0.3333333333333333,,,,,,,,,0.625,,,,0.0,0.0,0.0,"
                + "0.75,0.021739130434782608,0.125");
    assertThat(Files.readAllLines(folder.resolve("metrics/slices.csv")).get(1))
        .startsWith("tile,view,top,3,1,2,0.75,0.5,0.375,");
    assertThat(results().lines())
        .containsExactly(
            "tile                 image AUROC 0.750  pixel AUROC 0.100"
                + "  AUPRO not defined (because no anomalous image has a mask)"
                + "  normal MSE 3333.33e-4",
            "                     at the calibrated thresholds: precision not defined (because no"
                + " images are called anomalous)  recall 0.000  false alarms 0.000  pixel F1 0.750",
            "bolt                 left out: none of its training images could be used");
    assertThat(results().mean().get(Metric.AUPRO))
        .isEqualTo(Area.notDefined("no category has a defined aupro"));
  }

  @Test
  void aFileOfBeforeHasWhatItMeasured() throws Exception {
    Files.createDirectories(folder.resolve("metrics"));
    Files.writeString(
        folder.resolve("metrics/metrics.json"),
        "{\"categories\": {\"tile\": {\"image_auroc\": 0.75, \"defects\": {\"cut\": {\"images\":"
            + " 2}}}}}");
    CategoryResult tile = new MetricsFile(root).read().orElseThrow().categories().get("tile");
    assertThat(tile.value(Metric.IMAGE_AUROC)).isEqualTo(Area.exact(0.75));
    assertThat(tile.value(Metric.AUPIMO)).isEqualTo(Area.notDefined("it was not measured"));
    assertThat(tile.decisions()).isEqualTo(DecisionResult.none("it was not measured"));
    assertThat(tile.defects().get("cut").atThreshold()).isEmpty();
  }

  @Test
  void aBrokenFileSaysWhatToDo() throws Exception {
    Files.createDirectories(folder.resolve("metrics"));
    Files.writeString(folder.resolve("metrics/metrics.json"), "{\"categories\": ");
    assertThatThrownBy(() -> new MetricsFile(root).read())
        .isInstanceOf(FairException.class)
        .hasMessageContaining("metrics.json cannot be read");
  }

  @Test
  void frequenciesAreReadAsTheyWereWritten() throws Exception {
    FrequencyFile file = new FrequencyFile(root);
    assertThat(file.read()).as("before").isEmpty();
    RadialCurve curve =
        new RadialCurve(3, List.of(new Point(0, 1, 0), new Point(2, 1.0 / 3, 0.25)));
    ByLabel curves = new ByLabel(curve, new RadialCurve(0, List.of()));
    TreeMap<String, CategoryFrequencies> written =
        new TreeMap<>(Map.of("tile", new CategoryFrequencies(curves, curves)));
    file.write(written, PROVENANCE);
    assertThat(file.read()).isEqualTo(written);
  }
}
