package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep through {@code submit.sh} whose driver, a process of its own, is killed, and what its
 * manifests are good for.
 */
class SweepIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RUNS = 4;

  @TempDir private static Path folder;
  private static DemoDataset.Written data;
  private static SharedJvm others;
  private static Map<Path, String> beforeTheKill;
  private static Ended second;

  @BeforeAll
  static void killAndResume() throws Exception {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 4, 2));
    Process first = new SubmitScript().start(folder.resolve("first.log"), sweep());
    Instant end = Instant.now().plus(PATIENCE);
    while (finished().isEmpty() && first.isAlive()) {
      assertThat(Instant.now()).as("waiting for the first finished cell").isBefore(end);
      Thread.sleep(50);
    }
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly();
    first.waitFor();
    beforeTheKill = finished();
    others = SharedJvm.start(folder.resolve("others"));
    second = others.run(sweep());
  }

  @AfterAll
  static void stop() throws IOException {
    if (others != null) {
      others.close();
    }
  }

  private static String[] sweep() {
    List<String> arguments = new ArrayList<>(List.of("sweep"));
    for (String setting :
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + folder.resolve("sweep"),
            "image.size=32",
            "corruption.variants=2",
            "model.width=4",
            "training.epochs=8",
            "training.batch-size=2",
            "training.learning-rate=1e-3",
            "evaluation.smoothing=5",
            "sweep.repetitions=2",
            "sweep.grid.filter.cutoff=[5, 10]")) {
      arguments.add("--set");
      arguments.add(setting);
    }
    arguments.addAll(List.of("--", "--master", "local[1]", "--conf", "spark.ui.enabled=false"));
    return arguments.toArray(String[]::new);
  }

  /** Returns every finished run's record. */
  private static Map<Path, String> finished() throws IOException {
    Map<Path, String> records = new HashMap<>();
    Path cells = folder.resolve("sweep/cells");
    for (Path cell : within(cells)) {
      // Not a walk: below these folders files come and go while the sweep runs.
      for (Path repetition : within(cell)) {
        Path file = repetition.resolve("cell.json");
        if (Files.exists(file)) {
          records.put(file, Files.readString(file));
        }
      }
    }
    return records;
  }

  private static List<Path> within(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void theSameCommandRepeatsNoFinishedCell() throws Exception {
    assertThat(beforeTheKill).as("finished before the kill").hasSizeBetween(1, RUNS - 1);
    assertThat(second.code()).as("%s", second).isZero();
    assertThat(second.err())
        .as("what was done is not done again")
        .contains("%d of %d runs are done already".formatted(beforeTheKill.size(), RUNS))
        .contains("%d runs, ".formatted(RUNS - beforeTheKill.size()));
    assertThat(finished()).as("records").hasSize(RUNS).containsAllEntriesOf(beforeTheKill);
    assertThat(json(folder.resolve("sweep/sweep.json")).get("runs").size())
        .as("runs in sweep.json")
        .isEqualTo(RUNS);
  }

  @Test
  void aRunFromACellsManifestGivesItsNumbers() throws Exception {
    Path cell = finished().keySet().stream().sorted().findFirst().orElseThrow().getParent();
    // On two cores: the cell's one thread stands in its manifest.
    Ended again =
        others.run(
            "run",
            "--conf",
            cell.resolve("manifest.json").toString(),
            "--set",
            "output.root=" + folder.resolve("again"),
            "--",
            "--master",
            "local[2]");
    assertThat(again.code()).as("%s", again).isZero();
    assertThat(json(folder.resolve("again/metrics/metrics.json")).get("categories"))
        .as("all figures, to the last digit")
        .isEqualTo(json(cell.resolve("metrics/metrics.json")).get("categories"));
  }

  @Test
  void anInvalidCellIsRefusedBeforeAnythingStarts() throws Exception {
    Path output = folder.resolve("refused");
    Ended ended =
        new SubmitScript()
            .run(
                "sweep",
                "--set",
                "data.root=" + data.dataRoot(),
                "--set",
                "image.size=32",
                "--set",
                "sweep.grid={filter.kind=[ideal, gaussian], filter.cutoff=[10, 30]}",
                "--set",
                "output.root=" + output);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .contains("cell filter.cutoff=30, filter.kind=ideal: filter.cutoff = 30");
    assertThat(output).doesNotExist();
  }
}
