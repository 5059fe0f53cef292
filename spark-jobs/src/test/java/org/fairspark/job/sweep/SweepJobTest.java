package org.fairspark.job.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.runtime.JobResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  @TempDir private static Path folder;
  private static FairConfig config;
  private static JobResult first;

  @BeforeAll
  static void sweepOnce() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 4, 2, 1));
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "data.categories=[weave]",
                "corruption.textures=" + data.textures(),
                "output.root=" + folder.resolve("sweep"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=1",
                "evaluation.smoothing=5",
                "calibration.share=0.5",
                "calibration.false-positive-rate=0.4",
                "sweep.repetitions=2",
                "sweep.grid={filter.kind=[sobel, none], evaluation.color-weight=[0, 3e-4]}"));
    first = run(new StringBuilder());
  }

  private static JobResult run(StringBuilder said) throws Exception {
    return run(config, said);
  }

  private static JobResult run(FairConfig config, StringBuilder said) throws Exception {
    return JobCall.run(new SweepJob(), config, said);
  }

  private static Path out() {
    return folder.resolve("sweep");
  }

  private static List<Path> folders(String prefix) throws Exception {
    try (var files = Files.list(out().resolve("shared"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  @Test
  void workIsShared() throws Exception {
    assertThat(first.status()).as("status").isEqualTo(ExitStatus.DONE);
    assertThat(folders("images-")).as("tables of images for eight runs").hasSize(1);
    assertThat(folders("samples-")).as("tables of samples: two filters, two seeds").hasSize(4);
    assertThat(folders("models-"))
        .as("trainings: the anomaly function needs none of its own")
        .hasSize(4);
  }

  @Test
  void everyRunIsInTheTables() throws Exception {
    List<String> csv = Files.readAllLines(out().resolve("sweep.csv"));
    assertThat(csv.get(0)).as("header").startsWith("cell,repetition,seed,category,image_auroc");
    assertThat(csv).as("a line per run and category, and their means").hasSize(1 + 2 * 8);
    JsonNode json = new ObjectMapper().readTree(out().resolve("sweep.json").toFile());
    assertThat(json.get("runs").size()).as("runs").isEqualTo(8);
    Map<String, Set<Double>> thresholds = new TreeMap<>();
    for (JsonNode one : json.get("runs")) {
      one.get("categories")
          .forEach(
              category ->
                  thresholds
                      .computeIfAbsent(
                          one.get("settings").get("filter.kind").asText()
                              + one.get("repetition").asInt(),
                          k -> new TreeSet<>())
                      .add(category.get("at_threshold").get("image_threshold").asDouble()));
    }
    assertThat(thresholds.values())
        .as("of one model thresholds for both of its maps")
        .hasSize(4)
        .allSatisfy(both -> assertThat(both).hasSize(2));
    assertThat(csv.get(0)).contains(",image_precision,image_recall,image_f1,false_alarm_rate,");
    assertThat(first.summary()).as("a line per cell and the report").hasSize(5);
    assertThat(Files.readString(out().resolve("report/index.html"))).contains("sobel", "none");
  }

  @Test
  void onlyWhatIsMissingIsRunAgain() throws Exception {
    StringBuilder said = new StringBuilder();
    assertThat(run(said).summary()).as("the same figures").isEqualTo(first.summary());
    assertThat(said.toString()).contains("8 of 8 runs are done already");
    Path lost;
    try (var files = Files.walk(out().resolve("cells"))) {
      lost = files.filter(f -> f.endsWith("cell.json")).findFirst().orElseThrow();
    }
    byte[] before = Files.readAllBytes(lost);
    Files.delete(lost);
    said.setLength(0);
    run(said);
    assertThat(said.toString())
        .contains("7 of 8 runs are done already")
        .contains("1 runs, 1 models to train");
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(lost.toFile()).get("categories"))
        .as("the run's figures")
        .isEqualTo(mapper.readTree(before).get("categories"));
  }

  @Test
  void sideBySideGivesTheModelsOfOneAfterAnother() throws Exception {
    FairConfig other =
        config.with(
            Map.of(
                "sweep.mode", "one-after-another",
                "sweep.repetitions", "1",
                "sweep.grid", "{filter.kind=[sobel, none]}",
                "training.workers", "1",
                "training.threads", "1",
                "output.root", folder.resolve("other").toString()));
    StringBuilder said = new StringBuilder();
    run(other, said);
    assertThat(said.toString()).contains("run 2 of 2");
    int compared = 0;
    for (Path models : folders("models-")) {
      Path weights = models.resolve("models/weave/weights.safetensors");
      Path twin = folder.resolve("other").resolve(out().relativize(weights));
      if (Files.exists(twin)) {
        assertThat(weights).as("the model, to the last bit").hasSameBinaryContentAs(twin);
        compared++;
      }
    }
    assertThat(compared).as("models that both made").isEqualTo(2);
  }

  @Test
  void aDryRunTellsTheFilesToo() throws Exception {
    List<String> lines = JobCall.plan(new SweepJob(), config).summary();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("weave: kinds of defect: "))
        .anyMatch(line -> line.startsWith("files    "))
        .anyMatch(line -> line.endsWith("such as flange/"));
  }

  @Test
  void aCategoryThatCannotBeTrainedIsLeftOutOfEveryRun() throws Exception {
    Path data = folder.resolve("with junk");
    Path weave = Path.of(config.data().root()).resolve("weave");
    try (var files = Files.walk(weave)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = data.resolve("weave").resolve(weave.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
    Files.createDirectories(data.resolve("junk/train/good"));
    Files.write(data.resolve("junk/train/good/0.png"), new byte[5]);
    FairConfig some =
        config.with(
            Map.of(
                "data.root", data.toString(),
                "data.categories", "all",
                "sweep.grid", "{filter.kind=[sobel]}",
                "sweep.repetitions", "1",
                "output.root", folder.resolve("left out").toString()));
    for (int i = 0; i < 2; i++) {
      JobResult result = run(some, new StringBuilder());
      assertThat(result.status()).as("run %d", i).isEqualTo(ExitStatus.TOO_MANY_BAD_RECORDS);
      assertThat(result.summary()).anyMatch(line -> line.startsWith("junk is left out: none of"));
    }
    assertThat(Files.readString(folder.resolve("left out/report/index.html")))
        .contains("junk is left out");
  }

  @Test
  void aFailedCellSaysWhyAndTheOthersFinish() throws Exception {
    FairConfig broken =
        config.with(
            Map.of(
                "sweep.grid", "{training.learning-rate=[1e30, 1e-3]}",
                "sweep.repetitions", "1",
                "training.epochs", "2",
                "output.root", folder.resolve("broken").toString()));
    StringBuilder said = new StringBuilder();
    JobResult result = run(broken, said);
    assertThat(result.status()).as("status").isEqualTo(ExitStatus.FAILED);
    assertThat(said.toString())
        .as("what failed, and why")
        .contains("training.learning-rate=1e30, seed 1 failed: training of weave diverged");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("broken/sweep.json").toFile());
    assertThat(json.get("runs").findValuesAsText("cell"))
        .as("finished")
        .containsExactly("training.learning-rate=1e-3");
    assertThat(json.get("failed").toString()).as("failed").contains("1e30").contains("diverged");
    assertThat(Files.readString(folder.resolve("broken/report/index.html")))
        .as("the page says it too")
        .contains("training of weave diverged");
  }

  @Test
  void aTaskOfOtherCoresThanTheTrainingIsRefused() {
    FairConfig wide =
        config.with(
            Map.of("training.threads", "3", "output.root", folder.resolve("wide").toString()));
    assertThatThrownBy(() -> run(wide, new StringBuilder()))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("that has 1 cores, and training.threads is 3");
  }
}
