package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fairspark.cache.ProcessCache;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.spark.device.DevicePlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GPUs as Spark schedules them, with a stand-in for the discovery script: no GPU is needed. */
class GpuSchedulingIT {
  @Test
  void everyTaskGetsItsOwnGpuAndCpuStagesHoldNone(@TempDir Path work) throws IOException {
    Path script = standIn(work);
    String workers =
        "-Dspark.worker.resource.gpu.amount=2 -Dspark.worker.resource.gpu.discoveryScript="
            + script;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            SparkHome.path(),
            work.resolve("cluster"),
            2,
            2,
            "1g",
            Map.of("SPARK_WORKER_OPTS", workers))) {
      List<Class<?>> classes = new ArrayList<>(ProbeJar.besides(DevicePlugin.class));
      classes.addAll(ProbeJar.besides(ProcessCache.class));
      classes.addAll(ProbeJar.besides(PytorchLibrary.class));
      classes.addAll(List.of(GpuProbe.class, Processes.class, NativeBackend.class));
      Path jar = ProbeJar.of(work, classes);
      SparkSubmit.Result result =
          SparkSubmit.to(cluster.masterUrl(), "client", work)
              .conf("spark.executor.cores", "2")
              .conf("spark.executor.resource.gpu.amount", "2")
              .conf("spark.plugins", DevicePlugin.class.getName())
              .run(240, GpuProbe.class, jar, work.resolve("meeting").toString(), "cpu", "gpu");

      assertThat(result.exitCode()).as(result.output()).isZero();
      List<String> lines = result.output().lines().toList();
      assertThat(lines)
          .as(result.output())
          .containsSubsequence(
              "cpu executor 0 []",
              "cpu executor 0 []",
              "cpu executor 1 []",
              "cpu executor 1 []",
              "gpu executor 0 [0]",
              "gpu executor 0 [1]",
              "gpu executor 1 [0]",
              "gpu executor 1 [1]");
      assertThat(result.output())
          .as("executors report to the driver what they compute on")
          .containsPattern("executor 0 on \\S+: Spark gave GPU 0, ")
          .containsPattern("executor 1 on \\S+: Spark gave GPU 0, ");

      SparkSubmit.Result shared =
          SparkSubmit.to(cluster.masterUrl(), "client", work)
              .conf("spark.executor.cores", "2")
              .conf("spark.executor.resource.gpu.amount", "1")
              .conf("spark.plugins", DevicePlugin.class.getName())
              .run(240, GpuProbe.class, jar, work.resolve("sharing").toString(), "shared");
      assertThat(shared.exitCode()).as(shared.output()).isZero();
      assertThat(shared.output().lines().filter(line -> line.startsWith("shared ")))
          .as("two tasks at a time on each executor's only GPU")
          .containsExactly(
              "shared executor 0 [0]",
              "shared executor 0 [0]",
              "shared executor 1 [0]",
              "shared executor 1 [0]");
    }
  }

  /** Says that there are two GPUs. */
  private static Path standIn(Path folder) throws IOException {
    Path script = folder.resolve("two-gpus.sh");
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
