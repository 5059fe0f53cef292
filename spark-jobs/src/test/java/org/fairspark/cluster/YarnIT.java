package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.ShortLivedJvm;
import org.fairspark.submit.SubmitScript;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole method on YARN, its data and its output on HDFS, in both deploy modes. */
class YarnIT {
  @TempDir static java.nio.file.Path work;
  private static HadoopMiniClusters hadoop;
  private static FileSystem hdfs;

  @BeforeAll
  static void start() throws IOException {
    DemoDataset.Written data =
        DemoDataset.write(work.resolve("data"), 3, new DemoDataset.Size(64, 4, 2, 1));
    hadoop = HadoopMiniClusters.start(work, 6144, 8);
    hdfs = FileSystem.newInstance(URI.create(hadoop.fileSystem()), new Configuration());
    hdfs.copyFromLocalFile(new Path(data.dataRoot().toString()), new Path("/data"));
    hdfs.copyFromLocalFile(new Path(data.textures().toString()), new Path("/textures"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (hdfs != null) {
      hdfs.close();
    }
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void bothDeployModesGiveTheSameAndTheSameCommandGoesOn() throws Exception {
    Ended cluster = run("cluster", 2, "/out/done", "/data");
    assertThat(cluster.code()).as("cluster mode: %s", cluster).isZero();
    JsonNode figures = figures("/out/done");
    byte[] weights = weights("/out/done");

    // The other files are replaced, on a file system that renames onto none.
    hdfs.delete(new Path("/out/done/maps"), true);
    hdfs.delete(new Path("/out/done/models"), true);
    Ended client = run("client", 1, "/out/done", "/data");
    assertThat(client.code()).as("client mode: %s", client).isZero();
    assertThat(client.out()).contains("image AUROC");
    assertThat(client.err())
        .as("what is there is not made again")
        .contains("images/ and samples/ are up to date")
        .contains("score test images");
    assertThat(weights("/out/done")).as("the model, to the last bit").isEqualTo(weights);
    assertThat(figures("/out/done")).as("figures").isEqualTo(figures);
    assertThat(names("/out/done"))
        .as("nothing half-written is left")
        .noneMatch(name -> name.startsWith("_"));
  }

  @Test
  void clusterModePassesFailureOnAsExitCode() throws Exception {
    Ended ended = run("cluster", 1, "/out/failed", "/no-such-data");
    assertThat(ended.code()).as("%s", ended).isNotZero();
    assertThat(hdfs.exists(new Path("/out/failed/manifest.json"))).as("manifest").isFalse();
  }

  /**
   * Runs the method with two tasks at a time.
   *
   * @param executors one, which runs both, or two
   */
  private static Ended run(String deployMode, int executors, String output, String data)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("run"));
    for (String setting :
        List.of(
            "data.root=" + hadoop.fileSystem() + data,
            "data.categories=[weave]",
            "corruption.textures=" + hadoop.fileSystem() + "/textures",
            "output.root=" + hadoop.fileSystem() + output,
            "image.size=32",
            "corruption.variants=1",
            "model.width=2",
            "training.epochs=2",
            "training.batch-size=2",
            "training.learning-rate=1e-3",
            "training.workers=2",
            "evaluation.smoothing=5")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(List.of("--", "--master", "yarn", "--deploy-mode", deployMode));
    words.addAll(List.of("--driver-memory", "768m", "--executor-memory", "768m"));
    for (String conf :
        List.of(
            "spark.executor.instances=" + executors,
            "spark.executor.cores=" + 2 / executors,
            "spark.yarn.report.interval=200ms",
            "spark.yarn.maxAppAttempts=1",
            "spark.yarn.am.memory=512m",
            // Containers inherit nothing of this process's environment.
            "spark.yarn.appMasterEnv.JAVA_TOOL_OPTIONS=" + ShortLivedJvm.options(),
            "spark.executorEnv.JAVA_TOOL_OPTIONS=" + ShortLivedJvm.options(),
            // The archive of classes fits what begins so; YARN's folders follow.
            "spark.executor.extraClassPath=" + ShortLivedJvm.classPath(),
            "spark.yarn.jars=local:" + SparkHome.path().resolve("jars") + "/*",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.scheduler.minRegisteredResourcesRatio=1.0",
            "spark.sql.shuffle.partitions=2",
            // YARN's proxy asks a driver in the cluster for its UI.
            "spark.ui.enabled=" + deployMode.equals("cluster"))) {
      words.addAll(List.of("--conf", conf));
    }
    words.add("--conf");
    words.add(
        deployMode.equals("client")
            ? "spark.driver.host=127.0.0.1"
            : "spark.driver.extraClassPath=" + ShortLivedJvm.classPath());
    return new SubmitScript()
        .with("HADOOP_CONF_DIR", hadoop.confDir().toString())
        .with("SPARK_LOCAL_IP", "127.0.0.1")
        .with("SPARK_LOCAL_HOSTNAME", "localhost")
        .run(words.toArray(String[]::new));
  }

  private static JsonNode figures(String output) throws IOException {
    return new ObjectMapper().readTree(bytes(output + "/metrics/metrics.json")).get("categories");
  }

  private static byte[] weights(String output) throws IOException {
    return bytes(output + "/models/weave/weights.safetensors");
  }

  private static byte[] bytes(String file) throws IOException {
    try (var in = hdfs.open(new Path(file))) {
      return in.readAllBytes();
    }
  }

  private static List<String> names(String output) throws IOException {
    List<String> names = new ArrayList<>();
    for (String folder : List.of("", "/metrics", "/report", "/models/weave")) {
      FileStatus[] files = hdfs.listStatus(new Path(output + folder));
      Arrays.stream(files).forEach(file -> names.add(file.getPath().getName()));
    }
    return names;
  }
}
