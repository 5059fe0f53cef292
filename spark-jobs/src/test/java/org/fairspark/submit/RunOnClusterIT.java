package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.fairspark.cluster.StandaloneCluster;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole method through {@code submit.sh} on a real standalone cluster: a master and two
 * workers, executors in JVMs of their own, on 127.0.0.1; undisturbed, with an executor killed, and
 * with the driver killed.
 */
class RunOnClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int EPOCHS = 12;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static DemoDataset.Written data;
  private static JsonNode expected;

  @BeforeAll
  static void start() throws Exception {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 4, 2));
    cluster =
        StandaloneCluster.start(SubmitScript.localSpark(), folder.resolve("cluster"), 2, 1, "2g");
    // The reference: the same settings without a cluster.
    Ended local = new SubmitScript().run(arguments("local", List.of("--", "--master", "local[2]")));
    assertThat(local.code()).as("%s", local).isZero();
    expected = metrics("local");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String[] arguments(String output, List<String> sparkOptions) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    for (String setting :
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
            "evaluation.smoothing=5")) {
      arguments.add("--set");
      arguments.add(setting);
    }
    arguments.addAll(sparkOptions);
    return arguments.toArray(String[]::new);
  }

  private static List<String> onCluster() {
    return List.of(
        "--",
        "--master",
        cluster.masterUrl(),
        "--executor-memory",
        "1g",
        "--conf",
        "spark.cores.max=2",
        "--conf",
        "spark.scheduler.minRegisteredResourcesRatio=1.0",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.executorEnv.OMP_NUM_THREADS=1");
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
    } catch (java.io.IOException e) {
      // Just being replaced.
      return 0;
    }
  }

  @Test
  void twoExecutorsGiveTheFiguresOfOneProcess() throws Exception {
    Ended ended = new SubmitScript().run(arguments("two", onCluster()));
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(metrics("two")).as("all figures, to the last digit").isEqualTo(expected);
    assertThat(model("two").resolve("weights.safetensors"))
        .as("the model, to the last bit")
        .hasSameBinaryContentAs(model("local").resolve("weights.safetensors"));
    assertThat(ended.out()).as("a line a category").contains("weave").contains("image AUROC");
  }

  @Test
  void anExecutorKilledWhileTrainingChangesNothing() throws Exception {
    Thread killer =
        new Thread(
            () -> {
              try {
                await("the second epoch", () -> epochsDone("killed") >= 2);
                cluster.executors(0).forEach(ProcessHandle::destroyForcibly);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    Ended ended = new SubmitScript().run(arguments("killed", onCluster()));
    killer.join();
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(metrics("killed")).as("all figures").isEqualTo(expected);
  }

  @Test
  void aKilledDriverGoesOnFromItsCheckpoint() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(SubmitScript.repository().resolve("submit.sh").toString());
    command.addAll(List.of(arguments("resumed", onCluster())));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("first.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("FAIR_BUILD", "never");
    builder.environment().remove("SPARK_HOME");
    Process first = builder.start();
    await("the third epoch", () -> epochsDone("resumed") >= 3 || !first.isAlive());
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly();
    first.waitFor();
    long done = epochsDone("resumed");
    assertThat(done)
        .as("epochs before the kill: %s", folder.resolve("first.log"))
        .isBetween(3L, EPOCHS - 1L);
    assertThat(model("resumed").resolve("manifest.json"))
        .as("no finished model yet")
        .doesNotExist();

    Ended ended = new SubmitScript().run(arguments("resumed", onCluster()));
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err())
        .as("what was done is not done again")
        .contains("images/ and samples/ are up to date")
        .contains("going on after epoch");
    assertThat(metrics("resumed")).as("the figures of an unbroken run").isEqualTo(expected);
    assertThat(model("resumed").resolve("weights.safetensors"))
        .as("the model of an unbroken run")
        .hasSameBinaryContentAs(model("local").resolve("weights.safetensors"));
  }
}
