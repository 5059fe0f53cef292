package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
