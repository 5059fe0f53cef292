package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.fairspark.cluster.FaultyFileSystem;
import org.fairspark.cluster.FaultyRun;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.ExitStatus;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobRunner;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ImagesTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole method on a store whose operations fail now and then. After each failure nothing
 * partial is taken for whole, the same command again completes, and its outputs equal an
 * undisturbed run's.
 */
class FailuresTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final String CATEGORY = "weave";

  @TempDir private static Path folder;
  private static DemoDataset.Written data;
  private static Outputs expected;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 4, 2, 1));
    Files.writeString(data.dataRoot().resolve("weave/train/good/bad.png"), "no image");
    FaultyRun ended = run("undisturbed", Map.of());
    assertThat(ended.status()).as("%s", ended).isEqualTo(ExitStatus.DONE);
    expected = outputs("undisturbed");
    assertThat(expected.parts())
        .containsOnlyKeys("quarantine", "images", "samples", "model", "maps", "metrics");
  }

  @AfterAll
  static void forgetFaults() {
    FaultyFileSystem.configure(SPARK.sparkContext().hadoopConfiguration(), Map.of());
  }

  private static FairConfig config(String output, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + data.dataRoot(),
                "data.categories=[" + CATEGORY + "]",
                "corruption.textures=" + data.textures(),
                "output.root=faulty://" + folder.resolve(output),
                "image.size=32",
                "corruption.variants=2",
                "model.width=2",
                "training.epochs=3",
                "training.learning-rate=1e-3",
                "training.workers=2",
                "evaluation.smoothing=5",
                "bad-records.max-ratio=1"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings);
  }

  /** Runs the same command as a process of its own, as far as its output root can tell. */
  private static FaultyRun run(String output, Map<String, String> faults) throws Exception {
    return FaultyRun.of(new RunJob(), config(output), faults);
  }

  private static OutputRoot root(String output) {
    return OutputRoot.of(FaultyRun.hadoop(Map.of()), "faulty://" + folder.resolve(output));
  }

  private static Outputs outputs(String output) {
    return Outputs.of(root(output), SPARK, CATEGORY);
  }

  private static void assertComplete(String output) throws Exception {
    assertThat(outputs(output)).as("outputs of " + output).isEqualTo(expected);
    assertThat(Outputs.litter(root(output))).as("left behind in " + output).isEmpty();
  }

  @Test
  void aDriverKilledAgainAndAgainEndsAtTheSameOutputs() throws Exception {
    TreeSet<Integer> whole = new TreeSet<>();
    int kills = 0;
    int changes = 15;
    while (run("killed", Map.of("changes", String.valueOf(changes))).status() != ExitStatus.DONE) {
      Outputs now = outputs("killed");
      assertThat(now.isPartOf(expected))
          .as("what is taken for whole after %d changes: %s", changes, now.parts().keySet())
          .isTrue();
      whole.add(now.parts().size());
      changes += 15;
      kills++;
    }
    assertThat(kills).as("kills").isGreaterThanOrEqualTo(6);
    assertThat(whole).as("stages killed, by what was whole then").hasSizeGreaterThanOrEqualTo(4);
    assertComplete("killed");
  }

  @Test
  void aFullDiskIsToldAndTheRunGoesOnWhenThereIsSpace() throws Exception {
    int fills = 0;
    long capacity = 20_000;
    FaultyRun ended = run("full", capacity(capacity));
    while (ended.status() != ExitStatus.DONE) {
      assertThat(ended.said()).as("message").contains("No space left on device");
      assertThat(outputs("full").isPartOf(expected)).as("all that is whole is right").isTrue();
      fills++;
      capacity += capacity;
      ended = run("full", capacity(capacity));
    }
    assertThat(fills).as("times the disk was full").isGreaterThanOrEqualTo(2);
    assertComplete("full");
  }

  private static Map<String, String> capacity(long bytes) {
    return Map.of("capacity", String.valueOf(bytes));
  }

  @Test
  void aStoreThatFailsNowAndThenOnlyTakesMoreRuns() throws Exception {
    Map<String, String> faults = new HashMap<>();
    faults.put("create.every", "53");
    faults.put("write.every", "61");
    faults.put("close.every", "67");
    faults.put("rename.every", "71");
    int failures = 0;
    FaultyRun ended = run("flaky", faults);
    while (ended.status() != ExitStatus.DONE) {
      assertThat(ended.said()).as("message").contains("503 slow down");
      assertThat(outputs("flaky").isPartOf(expected)).as("all that is whole is right").isTrue();
      assertThat(++failures).as("failures: %s", ended).isLessThan(20);
      ended = run("flaky", faults);
    }
    assertThat(failures).as("failures").isPositive();
    assertComplete("flaky");
  }

  @Test
  void aDamagedTableIsNoticedAndMadeAgain() throws Exception {
    assertThat(run("damaged", Map.of()).status()).isEqualTo(ExitStatus.DONE);
    delete(folder.resolve("damaged/models"));
    Path file = damagePixels(folder.resolve("damaged/images/category=weave/split=train"));

    FaultyRun ended = run("damaged", Map.of());
    assertThat(ended.status()).as("%s", ended).isEqualTo(ExitStatus.FAILED);
    assertThat(ended.said())
        .as("message")
        .contains(
            "a table cannot be read", "CRC", file.getFileName().toString(), "remove the folder");

    delete(folder.resolve("damaged/images"));
    assertThat(run("damaged", Map.of()).status()).isEqualTo(ExitStatus.DONE);
    assertComplete("damaged");
  }

  @Test
  void aSecondRunOnTheSameRootIsRefused() throws Exception {
    OutputRoot root = root("shared");
    try (OutputLock first = OutputLock.acquire(root, "train", "another application")) {
      first.requireHeld();
      // Not as another process's: this one runs.
      Terminal terminal = Terminal.plain(System.err, System.err);
      JobContext context =
          new JobContext("run", config("shared"), LocalSpark.lazy(SPARK), terminal, false);
      ExitStatus status;
      try {
        status = new RunJob().run(context).status();
      } catch (Exception e) {
        status = JobRunner.report(e, "run", terminal).status();
      }
      assertThat(status).as("the second").isEqualTo(ExitStatus.WRONG_USAGE);
      assertThat(outputs("shared").parts()).as("nothing was written").isEmpty();
    }
    assertThat(run("shared", Map.of()).status()).as("afterwards").isEqualTo(ExitStatus.DONE);
    assertComplete("shared");
  }

  @Test
  void aSkewedClockAndAReorderedListingChangeNothing() throws Exception {
    FairConfig config = config("skewed", "data.root=faulty://" + data.dataRoot());
    Map<String, String> ahead = Map.of("clock.skew", "7200000");
    Map<String, String> reordered = new HashMap<>(ahead);
    reordered.put("reorder", "true");
    assertThat(FaultyRun.of(new RunJob(), config, reordered).status()).isEqualTo(ExitStatus.DONE);
    FaultyRun again = FaultyRun.of(new RunJob(), config, ahead);
    assertThat(again.said())
        .as("in another order")
        .contains("images/ and samples/ are up to date")
        .contains("model is up to date")
        .contains("maps and metrics are up to date");
    assertComplete("skewed");
  }

  @Test
  void anExplodingLossStopsAtOnceAndTheLastGoodCheckpointStays() throws Exception {
    for (String table : List.of("images", "samples", "quarantine")) {
      copy(folder.resolve("undisturbed").resolve(table), folder.resolve("diverged").resolve(table));
    }
    // One batch per epoch: the first leaves parameters that the second cannot use.
    FairConfig config =
        config("diverged", "training.learning-rate=1e4", "training.workers=1", "model.width=2");
    for (int time = 0; time < 2; time++) {
      FaultyRun ended = FaultyRun.of(new TrainJob(), config, Map.of());
      assertThat(ended.status()).as("%s", ended).isEqualTo(ExitStatus.FAILED);
      assertThat(ended.said())
          .as("message")
          .contains("training of weave diverged: loss ", "in epoch 2, block ", "batch 0")
          .contains("models/weave/checkpoint.safetensors", "the last good one, of epoch 1");
      assertThat(Files.readAllLines(folder.resolve("diverged/models/weave/loss.csv")))
          .as("a header and the epoch that went well")
          .hasSize(2);
      assertThat(folder.resolve("diverged/models/weave/checkpoint.safetensors")).exists();
      assertThat(folder.resolve("diverged/models/weave/manifest.json")).doesNotExist();
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Flips a bit in the pixels of some file of a table, and gives the file. */
  private static Path damagePixels(Path table) throws Exception {
    Path file;
    try (Stream<Path> files = Files.list(table)) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    long middle = 0;
    try (var reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false)))) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        if (column.getPath().toDotString().equals(ImagesTable.PIXELS)) {
          middle = column.getStartingPos() + column.getTotalSize() / 2;
        }
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) middle] ^= 0x10;
    Files.write(file, bytes);
    return file;
  }

  private static void delete(Path tree) throws Exception {
    try (Stream<Path> files = Files.walk(tree)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
