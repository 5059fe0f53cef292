package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark on YARN with its data on HDFS, in both deploy modes. */
class YarnIT {
  private static final String EXPECTED = "PROBE rows=1000 sum=332833500";

  @TempDir static Path work;
  private static HadoopMiniClusters hadoop;
  private static Path jar;

  @BeforeAll
  static void start() {
    hadoop = HadoopMiniClusters.start(work, 6144, 8);
    jar = ProbeJar.of(work, ClusterProbe.class);
  }

  @AfterAll
  static void stop() {
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void clientModeWritesAndReadsOnHdfs() throws Exception {
    SparkSubmit.Result result =
        submit("client").run(300, ClusterProbe.class, jar, hadoop.fileSystem() + "/client");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains(EXPECTED + " executors=[1, 2] committer=file");
    assertThat(exists("/client/_SUCCESS")).as("the table on HDFS is whole").isTrue();
  }

  @Test
  void clusterModeWritesAndReadsOnHdfs() throws Exception {
    SparkSubmit.Result result =
        submit("cluster")
            .conf("spark.ui.enabled", "true")
            .run(300, ClusterProbe.class, jar, hadoop.fileSystem() + "/cluster");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(exists("/cluster/_SUCCESS")).as("the table on HDFS is whole").isTrue();
  }

  @Test
  void clusterModePassesFailureOnAsExitCode() {
    SparkSubmit.Result result =
        submit("cluster").run(300, ClusterProbe.class, jar, "nosuchscheme://host/table");

    assertThat(result.exitCode()).as(result.output()).isNotZero();
  }

  private static SparkSubmit submit(String deployMode) {
    return SparkSubmit.to("yarn", deployMode, work.resolve(deployMode))
        .environment("HADOOP_CONF_DIR", hadoop.confDir().toString())
        .conf("spark.executor.instances", "2")
        .conf("spark.yarn.maxAppAttempts", "1")
        .conf("spark.yarn.am.memory", "512m")
        .conf("spark.yarn.jars", "local:" + SparkHome.path().resolve("jars") + "/*");
  }

  private static boolean exists(String path) throws Exception {
    try (FileSystem files =
        FileSystem.newInstance(URI.create(hadoop.fileSystem()), new Configuration())) {
      return files.exists(new org.apache.hadoop.fs.Path(path));
    }
  }
}
