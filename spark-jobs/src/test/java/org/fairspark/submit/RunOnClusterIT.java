package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.fairspark.cluster.StandaloneCluster;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole method through {@code submit.sh} on a real standalone cluster: a master and two
 * workers, executors in JVMs of their own, on 127.0.0.1; with tasks run twice, with executors that
 * come and go, and with executors or the driver killed in every stage. A driver that is to be
 * killed is a process of its own; the others share one.
 */
class RunOnClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int EPOCHS = 12;

  /** All executors take part from the start. */
  private static final String ALL = "spark.scheduler.minRegisteredResourcesRatio=1.0";

  /** One executor runs two tasks at a time: enough where the driver is what is killed. */
  private static final String ONE = "spark.executor.cores=2";

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static SharedJvm drivers;
  private static DemoDataset.Written data;
  private static JsonNode expected;

  @BeforeAll
  static void start() throws Exception {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 4, 2));
    cluster =
        StandaloneCluster.start(SubmitScript.localSpark(), folder.resolve("cluster"), 2, 2, "2g");
    drivers = SharedJvm.start(folder.resolve("drivers"));
    // The reference: the same settings without a cluster.
    Ended local = drivers.run(arguments("local", List.of("--", "--master", "local[2]")));
    assertThat(local.code()).as("%s", local).isZero();
    expected = metrics("local");
  }

  @AfterAll
  static void stop() throws IOException {
    if (drivers != null) {
      drivers.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String[] arguments(String output, List<String> sparkOptions) {
    return arguments("run", output, sparkOptions);
  }

  private static String[] arguments(String job, String output, List<String> sparkOptions) {
    return command(
        job,
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + folder.resolve(output),
            "image.size=32",
            "corruption.variants=3",
            "model.width=4",
            "training.epochs=" + EPOCHS,
            "training.batch-size=2",
            "training.averaging-frequency=2",
            "training.learning-rate=1e-3",
            "training.workers=2",
            "evaluation.smoothing=5"),
        sparkOptions);
  }

  private static String[] command(String job, List<String> settings, List<String> sparkOptions) {
    List<String> arguments = new ArrayList<>(List.of(job));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(sparkOptions);
    return arguments.toArray(String[]::new);
  }

  private static List<String> onCluster(String... confs) {
    List<String> options =
        new ArrayList<>(List.of("--", "--master", cluster.masterUrl(), "--executor-memory", "1g"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "spark.cores.max=2",
                // One on each worker.
                "spark.executor.cores=1",
                "spark.driver.host=127.0.0.1",
                "spark.ui.enabled=false",
                // An executor would copy the jar once more, for others of its machine.
                "spark.files.useFetchCache=false",
                "spark.executorEnv.OMP_NUM_THREADS=1"));
    all.addAll(List.of(confs));
    all.forEach(conf -> options.addAll(List.of("--conf", conf)));
    return options;
  }

  private static JsonNode metrics(String output) throws Exception {
    return new ObjectMapper()
        .readTree(folder.resolve(output).resolve("metrics/metrics.json").toFile())
        .get("categories");
  }

  private static Path model(String output) {
    return folder.resolve(output).resolve("models/weave");
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for " + what).isBefore(end);
      Thread.sleep(50);
    }
  }

  private static long epochsDone(String output) {
    Path loss = model(output).resolve("loss.csv");
    try {
      return Files.exists(loss) ? Files.readAllLines(loss).size() - 1 : 0;
    } catch (IOException e) {
      // Just being replaced.
      return 0;
    }
  }

  /** Tells whether a stage writes this table now, into the staging folder. */
  private static boolean writes(String table, String output) {
    try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("_fair_staging"), 2)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(table + "-"));
    } catch (IOException | UncheckedIOException e) {
      // Not there, or just going.
      return false;
    }
  }

  private static Map<String, Long> rows(String output, String table) throws Exception {
    JsonNode manifest =
        new ObjectMapper()
            .readTree(folder.resolve(output).resolve(table + "/_fair_manifest.json").toFile());
    Map<String, Long> rows = new TreeMap<>();
    for (JsonNode count : manifest.get("counts")) {
      rows.put(count.get("values").toString(), count.get("rows").asLong());
    }
    return rows;
  }

  private static void assertAsUndisturbed(String output) throws Exception {
    assertThat(metrics(output)).as("all figures, to the last digit").isEqualTo(expected);
    for (String table : List.of("images", "samples", "maps")) {
      assertThat(rows(output, table)).as("rows of " + table).isEqualTo(rows("local", table));
    }
    assertThat(model(output).resolve("weights.safetensors"))
        .as("the model, to the last bit")
        .hasSameBinaryContentAs(model("local").resolve("weights.safetensors"));
    assertThat(folder.resolve(output).resolve("_fair_staging")).doesNotExist();
  }

  @Test
  void preparingWorksWithExecutorsThatComeAndGo() throws Exception {
    Ended ended =
        drivers.run(
            arguments(
                "prepare",
                "allocated",
                onCluster(
                    "spark.dynamicAllocation.enabled=true",
                    "spark.dynamicAllocation.shuffleTracking.enabled=true",
                    "spark.dynamicAllocation.initialExecutors=0",
                    "spark.dynamicAllocation.executorIdleTimeout=1s")));
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(drivers.logged())
        .as("what Spark did")
        .containsPattern("Requesting \\d+ new executor");
    for (String table : List.of("images", "samples")) {
      assertThat(rows("allocated", table)).as("rows of " + table).isEqualTo(rows("local", table));
    }
  }

  @Test
  void tasksThatRunTwiceAndExecutorsKilledInEveryStageChangeNothing() throws Exception {
    List<BooleanSupplier> moments =
        List.of(
            () -> writes("images", "killed"),
            () -> epochsDone("killed") >= 2,
            () -> writes("maps", "killed"));
    List<Long> killed = new CopyOnWriteArrayList<>();
    Thread killer =
        new Thread(
            () -> {
              try {
                for (BooleanSupplier moment : moments) {
                  await("a stage", moment);
                  await("an executor", () -> !cluster.executors(0).isEmpty());
                  for (ProcessHandle executor : cluster.executors(0)) {
                    executor.destroyForcibly();
                    killed.add(executor.pid());
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    Ended ended =
        drivers.run(
            arguments(
                "killed",
                onCluster(
                    ALL,
                    "spark.speculation=true",
                    "spark.speculation.interval=10ms",
                    "spark.speculation.quantile=0.01",
                    "spark.speculation.multiplier=0.01",
                    "spark.speculation.minTaskRuntime=0ms")));
    killer.interrupt();
    killer.join();
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(drivers.logged()).as("what Spark did").contains("as speculatable");
    assertThat(ended.out()).as("a line per category").contains("weave").contains("image AUROC");
    assertThat(killed).as("executors killed").hasSizeGreaterThanOrEqualTo(moments.size());
    assertAsUndisturbed("killed");
  }

  @Test
  void aDriverKilledInEveryStageGoesOn() throws Exception {
    String[] resumed = arguments("resumed", onCluster(ALL, ONE));
    killDriver("prepare", resumed, () -> writes("images", "resumed"));
    assertThat(folder.resolve("resumed/images")).as("no table yet").doesNotExist();
    killDriver("train", resumed, () -> epochsDone("resumed") >= 3);
    assertThat(epochsDone("resumed")).as("epochs").isBetween(3L, EPOCHS - 1L);
    assertThat(model("resumed").resolve("manifest.json")).as("no model yet").doesNotExist();
    String said = killDriver("evaluate", resumed, () -> writes("maps", "resumed"));
    assertThat(said)
        .as("what was done is not done again")
        .contains("images/ and samples/ are up to date")
        .contains("going on after epoch");
    assertThat(folder.resolve("resumed/maps")).as("no table yet").doesNotExist();

    Ended ended = drivers.run(arguments("resumed", onCluster(ALL, ONE)));
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).as("what was done is not done again").contains("model is up to date");
    assertAsUndisturbed("resumed");
  }

  @Test
  void killsWhileScoringLoseAndDoubleNothing() throws Exception {
    List<Path> images;
    try (Stream<Path> files = Files.walk(data.dataRoot().resolve("weave/test"))) {
      images = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    Path archive = Files.createDirectories(folder.resolve("archive/weave"));
    int count = 240;
    for (int i = 0; i < count; i++) {
      Files.copy(images.get(i % images.size()), archive.resolve("%03d.png".formatted(i)));
    }
    killDriver("score", score("scored", ALL, ONE), () -> batches("scored") >= 2);
    long before = batches("scored");
    assertThat(before).as("batches of 20 before the kill").isBetween(2L, count / 20 - 1L);

    Thread killer =
        new Thread(
            () -> {
              try {
                await("a batch", () -> batches("scored") > before);
                cluster.executors(0).forEach(ProcessHandle::destroyForcibly);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    Ended ended = drivers.run(score("scored", ALL));
    killer.interrupt();
    killer.join();
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).contains("going on with the run of");
    List<String> paths = scoredPaths("scored");
    assertThat(paths).as("nothing twice").doesNotHaveDuplicates();
    assertThat(paths).as("nothing lost").hasSize(count);
  }

  /** Returns the images of all rows of {@code scores/}. */
  private static List<String> scoredPaths(String output) throws IOException {
    List<String> paths = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("scores"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        try (ParquetReader<Group> reader =
            ParquetReader.builder(
                    new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .build()) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            paths.add(row.getString("path", 0));
          }
        }
      }
    }
    return paths;
  }

  private static String[] score(String output, String... confs) {
    return command(
        "score",
        List.of(
            "data.root=" + folder.resolve("archive"),
            "score.model=" + folder.resolve("local/models"),
            "score.commit-images=20",
            "output.root=" + folder.resolve(output)),
        onCluster(confs));
  }

  /** Batches that are committed. */
  private static long batches(String output) {
    Path manifest = folder.resolve(output).resolve("scores/_fair_manifest.json");
    try {
      return new ObjectMapper().readTree(manifest.toFile()).path("commits").asLong();
    } catch (IOException e) {
      // Not there yet.
      return 0;
    }
  }

  /** Starts a command, kills its driver at a moment, and gives what it said until then. */
  private static String killDriver(String stage, String[] arguments, BooleanSupplier moment)
      throws Exception {
    Path log = folder.resolve(stage + ".log");
    Process driver = new SubmitScript().start(log, arguments);
    await(stage, () -> moment.getAsBoolean() || !driver.isAlive());
    assertThat(driver.isAlive()).as("killed while it worked, see %s", log).isTrue();
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly().waitFor();
    return Files.readString(log);
  }
}
