package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.fairspark.cluster.StandaloneCluster;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application jar on executors that are JVMs of their own. */
class StandaloneClusterIT {
  @Test
  void executorsFindNativesAndCodecsInTheApplicationJar(@TempDir Path folder) throws Exception {
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SubmitScript.localSpark(), folder.resolve("cluster"), 2, 1, "1g")) {
      assertThat(cluster.executors(0)).as("executors before a job").isEmpty();
      Ended ended =
          new SubmitScript()
              .run(
                  "8",
                  "--",
                  "--class",
                  ProbeJob.class.getName(),
                  "--jars",
                  ProbeJob.jar(folder).toString(),
                  "--master",
                  cluster.masterUrl(),
                  "--executor-memory",
                  "600m",
                  "--conf",
                  "spark.executorEnv.OMP_NUM_THREADS=1",
                  "--conf",
                  // Both workers take part.
                  "spark.scheduler.minRegisteredResourcesRatio=1.0",
                  "--conf",
                  "spark.cores.max=2",
                  "--conf",
                  "spark.driver.host=127.0.0.1",
                  "--conf",
                  "spark.ui.enabled=false");
      assertThat(ended.code()).as("%s", ended).isEqualTo(7);
      assertThat(ended.out().lines())
          .as("%s", ended)
          .containsExactly(
              "executor 0 sum 10.0 com.twelvemonkeys.imageio.plugins.tiff omp 1",
              "executor 1 sum 10.0 com.twelvemonkeys.imageio.plugins.tiff omp 1");
    }
  }

  @Test
  void driverInTheClusterNeedsNoFilesOfThisMachine(@TempDir Path folder) throws Exception {
    Path conf = Files.writeString(folder.resolve("eine Datei.conf"), "seed = 5\nimage.size = 32");
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SubmitScript.localSpark(), folder.resolve("cluster"), 1, 1, "1g")) {
      String[] options = {
        "--",
        "--master",
        cluster.masterUrl(),
        "--deploy-mode",
        "cluster",
        "--driver-memory",
        "512m",
        "--conf",
        "spark.standalone.submit.waitAppCompletion=true"
      };
      Ended wrong =
          new SubmitScript()
              .run(with(options, "demo", "--conf", conf.toString(), "--set", "seed=x"));
      assertThat(wrong.code()).as("refused before it is submitted: %s", wrong).isEqualTo(2);
      assertThat(wrong.err()).as("reason").contains("seed = x: must be a whole number");

      Ended ended =
          new SubmitScript()
              .run(
                  with(
                      options,
                      "demo",
                      "--conf",
                      conf.toString(),
                      "--set",
                      "output.root=" + folder.resolve("out ü"),
                      "--dry-run"));
      assertThat(ended.code()).as("%s", ended).isZero();
      try (Stream<Path> files = Files.walk(folder.resolve("cluster/worker-0"))) {
        Path stdout = files.filter(file -> file.endsWith("stdout")).findFirst().orElseThrow();
        assertThat(Files.readString(stdout))
            .as("what the driver said")
            .contains(
                "  seed = 5", "  image.size = 32", "output.root = " + folder.resolve("out ü"));
      }
    }
  }

  private static String[] with(String[] options, String... before) {
    return Stream.concat(Arrays.stream(before), Arrays.stream(options)).toArray(String[]::new);
  }
}
