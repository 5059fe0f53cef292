package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.FairException;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on an output root that was made with other settings: what is derived follows, and the
 * rest is refused before anything is touched.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OtherSettingsTest {
  @TempDir private static Path folder;
  private static Path dataRoot;
  private static FairConfig config;

  @BeforeAll
  static void runOnce() throws Exception {
    dataRoot =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 10, 2, 1)).dataRoot();
    config = config(List.of("evaluation.smoothing=5"));
    JobCall.run(new RunJob(), config);
  }

  private static FairConfig config(List<String> more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + dataRoot,
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=1",
                "calibration.share=0.5",
                "calibration.false-positive-rate=0.2"));
    settings.addAll(more);
    return ConfigLoader.load(List.of(), settings);
  }

  private static OutputRoot root() {
    return OutputRoot.of(
        LocalSpark.session().sparkContext().hadoopConfiguration(), config.output().root());
  }

  private static ModelMetadata model() {
    return new ModelStore(root(), "weave").metadata();
  }

  private static CategoryResult weave() {
    return new MetricsFile(root()).read().orElseThrow().categories().get("weave");
  }

  /** Returns the time at which each file was written last. */
  private static SortedMap<String, Long> times() throws Exception {
    SortedMap<String, Long> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return times;
  }

  @Test
  @Order(1)
  void dryRunsKnowWhatIsThere() throws Exception {
    assertThat(String.join("\n", JobCall.plan(new RunJob(), config).summary()))
        .containsPattern("weave +model is there, nothing to do")
        .contains("maps and metrics are up to date, nothing to do");
    assertThat(
            String.join(
                "\n",
                JobCall.plan(new RunJob(), config.with("evaluation.smoothing", "7")).summary()))
        .containsPattern("flange +model is there, its thresholds are set again");
    assertThat(
            String.join(
                "\n",
                JobCall.plan(
                        new EvaluateJob(), config.with("robustness.changes", "[blur-1, darker-2]"))
                    .summary()))
        .contains("maps/ is up to date, metrics are measured from it")
        .contains("blur-1 changes nothing in images of 32 pixels");
    FairConfig strict =
        config.with(
            Map.of(
                "calibration.false-positive-rate",
                "0.05",
                "output.root",
                folder.resolve("new").toString()));
    assertThat(String.join("\n", JobCall.plan(new RunJob(), strict).summary()))
        .containsPattern(
            "weave +gets no thresholds: a share of 0.5 of 10 training images are 5, and a"
                + " false-positive rate of 0.05 takes 19");
  }

  @Test
  @Order(2)
  void otherNetworksAreRefusedBeforeAnythingIsTouched() throws Exception {
    SortedMap<String, Long> before = times();
    for (String settings : List.of("training.epochs", "model.width")) {
      assertThatThrownBy(
              () ->
                  JobCall.run(
                      new RunJob(),
                      config.with(Map.of(settings, "4", "evaluation.smoothing", "9"))))
          .as(settings)
          .isInstanceOf(FairException.class)
          .hasMessageContaining("a model of flange from other settings or data: " + settings);
    }
    assertThatThrownBy(
            () -> JobCall.run(new RunJob(), config.with("calibration.false-positive-rate", "0.05")))
        .as("a rate that takes more held-out images than there are")
        .hasMessageContaining("held out: there 5, now nothing")
        .hasMessageContaining("calibration.share and calibration.false-positive-rate decide");
    // A category that is still to be trained does not come before the refusal of another.
    Path flange = folder.resolve("out/models/flange");
    Files.move(flange, folder.resolve("flange"));
    assertThatThrownBy(() -> JobCall.run(new TrainJob(), config.with("training.epochs", "4")))
        .hasMessageContaining("a model of weave from other settings");
    assertThat(flange).doesNotExist();
    Files.move(folder.resolve("flange"), flange);
    assertThatThrownBy(
            () ->
                JobCall.run(
                    new EvaluateJob(),
                    config.with(
                        Map.of("data.categories", "[weave]", "evaluation.color-weight", "0"))))
        .hasMessageContaining("maps/ and metrics/ are of flange, too, which would be lost");
    assertThat(times()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void thresholdsMapsAndMetricsFollow() throws Exception {
    FairConfig other =
        config.with(Map.of("evaluation.smoothing", "7", "evaluation.score", "max-less-level"));
    StringBuilder said = new StringBuilder();
    JobCall.run(new RunJob(), other, said);
    assertThat(said.toString())
        .contains("model is up to date, only calibrated again")
        .contains(
            "maps/ and metrics/ of before are made again, and replaced: evaluation.score: there"
                + " paper, now max-less-level; evaluation.smoothing: there 5, now 7");
    assertThat(model().settings().evaluation().smoothing())
        .as("by what score makes maps")
        .isEqualTo(7);
    assertThat(weave().decisions().atThreshold().orElseThrow().levels())
        .isEqualTo(model().calibration().levels().orElseThrow());
    config = other;
  }

  @Test
  @Order(4)
  void reportShowsTheSettingsThatMadeTheResults() throws Exception {
    StringBuilder said = new StringBuilder();
    JobCall.run(
        new ReportJob(),
        ConfigLoader.load(List.of(), List.of("output.root=" + folder.resolve("out"))),
        said);
    assertThat(said.toString())
        .contains("the results were made with other settings than this command's")
        .contains("model.width=2", "evaluation.smoothing=7", "image.size=32", "training.epochs=1");
    String page = Files.readString(folder.resolve("out/report/index.html"));
    assertThat(Pattern.compile("model[.]width.{0,80}>2<", Pattern.DOTALL).matcher(page).find())
        .as("the model's width among the settings shown")
        .isTrue();
  }

  @Test
  @Order(5)
  void evaluateTakesTheNetworkFromTheModelAndNoThresholdsOfOtherMaps() throws Exception {
    StringBuilder said = new StringBuilder();
    FairConfig plain =
        ConfigLoader.load(
            List.of(),
            List.of(
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "filter.cutoff=10",
                "evaluation.score=max-less-level"));
    JobCall.run(new EvaluateJob(), plain, said);
    assertThat(said.toString())
        .contains("the models were trained with other settings than this command's")
        .contains("filter.cutoff=30.0, model.width=2")
        .contains(
            "warning  weave: nothing is decided, since the thresholds of the model are of other");
    assertThat(weave().decisions().atThreshold()).isEmpty();
    assertThat(weave().decisions().undecided())
        .contains("of other anomaly maps (evaluation.smoothing=7); train sets them again");
  }

  @Test
  @Order(6)
  void metricsOfBeforeTheModelsAreNotReported() throws Exception {
    JobCall.run(new EvaluateJob(), config);
    JobCall.run(new TrainJob(), config.with("calibration.pixel-share", "0.2"));
    assertThatThrownBy(() -> JobCall.run(new ReportJob(), config))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("maps/ and metrics/ are of before the images and models")
        .hasMessageContaining("thresholds of weave");
  }
}
