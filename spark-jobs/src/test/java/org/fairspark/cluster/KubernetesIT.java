package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.fairspark.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests of a real {@code spark-submit} to Kubernetes with the preset and the pod template
 * that users get. Nothing runs in a container here: there is no engine for them.
 */
class KubernetesIT {
  private static final String IMAGE = "registry.example/fair-spark:1.0.0";

  @Test
  void presetAndTemplateMakeTheDriversPod(@TempDir Path work) throws IOException {
    Path root = Repository.root();
    try (KubernetesApi api = KubernetesApi.start()) {
      SparkSubmit.Result result =
          SparkSubmit.to(api.master(), "cluster", work)
              .spark(sparkWithKubernetes())
              .option("--properties-file", preset(root, work).toString())
              .conf("spark.kubernetes.container.image", IMAGE)
              .conf("spark.kubernetes.submission.waitAppCompletion", "false")
              .run(
                  120,
                  Main.class,
                  Path.of("local:/opt/fair/fair-spark.jar"),
                  "run",
                  "--conf",
                  "data/mvtec.conf");
      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(api.objects("Pod")).as("pods that were asked for").hasSize(1);
      JsonNode pod = api.objects("Pod").get(0);
      assertThat(pod.get(KubernetesApi.SENT_TO).asText()).isEqualTo("/api/v1/namespaces/fair/pods");
      assertThat(pod.at("/metadata/labels/app.kubernetes.io~1name").asText())
          .as("from the template")
          .isEqualTo("fair-spark");
      assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("spark");
      assertThat(pod.at("/spec/nodeSelector/kubernetes.io~1arch").asText()).isEqualTo("amd64");
      assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
      JsonNode container = pod.at("/spec/containers/0");
      assertThat(container.at("/image").asText()).isEqualTo(IMAGE);
      assertThat(texts(container.at("/args")))
          .contains(Main.class.getName(), "local:/opt/fair/fair-spark.jar", "run", "--conf")
          .contains("data/mvtec.conf");
      assertThat(container.at("/resources/limits/memory").asText())
          .as("512 MiB of heap, which SparkSubmit sets, and the preset's overhead of 2 GiB")
          .isEqualTo("2560Mi");
      assertThat(container.findValuesAsText("mountPath")).contains("/scratch");
      assertThat(pod.at("/spec/volumes").findValuesAsText("name")).contains("scratch");
      String maps = api.objects("ConfigMap").toString();
      assertThat(maps)
          .as("what the driver gets to make executors from")
          .contains("-Dorg.bytedeco.javacpp.cachedir\\\\=/scratch/javacpp")
          .contains("-Dfair.home\\\\=/opt/fair")
          .contains("kubernetes.io/arch");
    }
  }

  /** Returns the preset, its template found from anywhere, its memory not this test's. */
  private static Path preset(Path root, Path work) throws IOException {
    String text = Files.readString(root.resolve("conf/spark/kubernetes.properties"));
    assertThat(text)
        .contains("driver.podTemplateFile    conf/kubernetes/pod.yaml")
        .contains("executor.podTemplateFile  conf/kubernetes/pod.yaml");
    return Files.writeString(
        work.resolve("kubernetes.properties"),
        text.replace(" conf/kubernetes/", " " + root.resolve("conf/kubernetes") + "/"));
  }

  @Test
  void containerFileCopiesWhatTheBuildLeaves() throws IOException {
    Path root = Repository.root();
    List<String> copied = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve("conf/kubernetes/Containerfile"))) {
      if (line.startsWith("COPY ")) {
        copied.add(line.split(" ")[1]);
        assertThat(root.resolve(line.split(" ")[1])).as(line).exists();
      }
    }
    assertThat(copied).hasSize(2);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  /** Returns a Spark with its Kubernetes client beside its other jars. */
  private static Path sparkWithKubernetes() throws IOException {
    Path client = MavenFolder.jars(SparkHome.isNewestAskedFor() ? "kubernetes-4.2" : "kubernetes");
    Path spark = SparkHome.askedFor();
    Path home = client.resolveSibling("spark");
    FileUtils.deleteDirectory(home.toFile());
    Path jars = Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("bin"));
    for (String name : List.of("RELEASE", "bin/spark-submit", "bin/spark-class")) {
      Files.copy(spark.resolve(name), home.resolve(name));
    }
    List<String> there = new ArrayList<>();
    for (Path folder : List.of(spark.resolve("jars"), client)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path jar : files.toList()) {
          String name = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
          if (!there.contains(name)) {
            there.add(name);
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
          }
        }
      }
    }
    return home;
  }
}
