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
import java.util.stream.Stream;
import org.fairspark.cluster.SparkHome;
import org.fairspark.cluster.StandaloneCluster;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that is built for Spark 3.5 on a standalone cluster of Spark 4.2: a sweep trained by
 * averaging over two executors, its driver killed, and resumed; and scoring with its model.
 */
class NewestSparkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static Path spark;
  private static StandaloneCluster cluster;
  private static DemoDataset.Written data;

  @BeforeAll
  static void start() throws Exception {
    spark = SparkHome.ofSpark42();
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 8, 4, 2));
    cluster =
        StandaloneCluster.start(
            spark,
            folder.resolve("cluster"),
            2,
            1,
            "1g",
            // Its REST server is on by default, on a port of its own.
            Map.of("SPARK_MASTER_OPTS", "-Dspark.master.rest.enabled=false"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aKilledSweepEndsAsOnSpark35AndItsModelScores() throws Exception {
    Ended expected =
        new SubmitScript()
            .run(sweep("3.5", "--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    assertThat(expected.code()).as("%s", expected).isZero();

    killWhileItTrains(sweep("4.2", onCluster(2)));
    Ended ended = onNewest().run(sweep("4.2", onCluster(2)));
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).as("what was done is not done again").contains("going on after epoch");
    assertThat(figures("4.2"))
        .as("all figures, to the last digit")
        .hasSize(1)
        .isEqualTo(figures("3.5"));
    Path model = weights("4.2").get(0);
    assertThat(model)
        .as("a model, to the last bit")
        .hasSameBinaryContentAs(
            folder.resolve("3.5").resolve(folder.resolve("4.2").relativize(model)));

    Ended scored = onNewest().run(score(model.getParent().getParent()));
    assertThat(scored.code()).as("%s", scored).isZero();
    assertThat(scored.out()).as("%s", scored).contains("\"images\":" + images());
  }

  private static SubmitScript onNewest() {
    return new SubmitScript().with("SPARK_HOME", spark.toString());
  }

  private static String[] onCluster(int executors) {
    return new String[] {
      "--master", cluster.masterUrl(),
      "--executor-memory", "800m",
      "--conf", "spark.cores.max=" + executors,
      "--conf", "spark.scheduler.minRegisteredResourcesRatio=1.0",
      "--conf", "spark.driver.host=127.0.0.1",
      "--conf", "spark.ui.enabled=false",
      "--conf", "spark.executorEnv.OMP_NUM_THREADS=1"
    };
  }

  private static String[] sweep(String output, String... sparkOptions) {
    return command(
        List.of("sweep"),
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + folder.resolve(output),
            "image.size=32",
            "corruption.variants=2",
            "model.width=4",
            "training.epochs=6",
            "training.batch-size=2",
            "training.averaging-frequency=2",
            "training.learning-rate=1e-3",
            "training.workers=2",
            "evaluation.smoothing=5",
            "sweep.mode=one-after-another",
            "sweep.repetitions=1",
            "sweep.grid.filter.cutoff=[5]"),
        sparkOptions);
  }

  private static String[] score(Path models) {
    return command(
        List.of("score", "--json"),
        List.of(
            "data.root=" + data.dataRoot().resolve("weave/test"),
            "score.category=weave",
            "score.model=" + models,
            "output.root=" + folder.resolve("scored")),
        // Its images are few, and a second executor would do as the first.
        onCluster(1));
  }

  private static String[] command(List<String> job, List<String> settings, String... sparkOptions) {
    List<String> arguments = new ArrayList<>(job);
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.add("--");
    arguments.addAll(List.of(sparkOptions));
    return arguments.toArray(String[]::new);
  }

  /** Starts a sweep, and kills its driver when an epoch of its first model is done. */
  private static void killWhileItTrains(String[] arguments) throws Exception {
    Path log = folder.resolve("killed.log");
    Process driver = onNewest().start(log, arguments);
    Instant end = Instant.now().plus(PATIENCE);
    while (below("4.2", "loss.csv").isEmpty()) {
      assertThat(driver.isAlive()).as("at work until it is killed, see %s", log).isTrue();
      assertThat(Instant.now()).as("waiting for an epoch, see %s", log).isBefore(end);
      Thread.sleep(50);
    }
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly().waitFor();
    assertThat(weights("4.2")).as("finished models before the kill").isEmpty();
  }

  private static List<Path> weights(String output) {
    return below(output, "weights.safetensors");
  }

  /** Returns the metrics of every cell by its place. */
  private static Map<String, JsonNode> figures(String output) throws IOException {
    Map<String, JsonNode> figures = new TreeMap<>();
    for (Path file : below(output, "metrics.json")) {
      figures.put(
          folder.resolve(output).relativize(file).toString(),
          new ObjectMapper().readTree(file.toFile()).get("categories"));
    }
    return figures;
  }

  private static List<Path> below(String output, String name) {
    try (Stream<Path> files = Files.walk(folder.resolve(output))) {
      return files.filter(file -> file.getFileName().toString().equals(name)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      // Not there yet, or something came and went meanwhile.
      return List.of();
    }
  }

  private static long images() throws IOException {
    try (Stream<Path> files = Files.walk(data.dataRoot().resolve("weave/test"))) {
      return files.filter(file -> file.toString().endsWith(".png")).count();
    }
  }
}
