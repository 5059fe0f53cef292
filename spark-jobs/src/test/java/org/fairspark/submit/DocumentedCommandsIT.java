package org.fairspark.submit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.TinyBackbone;
import org.fairspark.cli.ShownCommand;
import org.fairspark.cluster.StandaloneCluster;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README, of the presets and of every job's {@code --help} as they stand
 * there, one after the other, and expects each to end well. Places are replaced by folders of this
 * machine, {@code spark://HOST:7077} by a standalone cluster on it, and images and networks are
 * tiny. The grids of {@code conf/sweeps/} are planned, not trained, but for the one in the help of
 * {@code sweep}; of several benches that differ in sizes alone, the first is done.
 *
 * <p>The first command of every way of starting Spark (its options after {@code --}, planned or
 * done) is a process of its own, as it is for a user; the others share a JVM behind the script.
 */
class DocumentedCommandsIT {
  private static final List<String> TINY =
      List.of(
          "image.size=64",
          "corruption.variants=2",
          "model.width=2",
          "training.epochs=1",
          "training.batch-size=2",
          "evaluation.batch-size=2",
          "evaluation.smoothing=5",
          "sweep.repetitions=1");

  /** Reasons why a command is not run here, by the text that marks it. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "BENCHMARKS.md", "whole data sets that are not part of the repository",
          "conf/spark/abfss.properties", "needs an account of Azure",
          "conf/spark/gpu.properties", "needs a GPU; GpuSchedulingIT has the scheduling",
          "conf/spark/kubernetes.properties", "KubernetesIT",
          "conf/spark/s3a.properties", "S3aIT",
          "conf/spark/yarn.properties", "YarnIT",
          "--master yarn", "YarnIT",
          "tracking.mlflow.uri=", "needs an MLflow server; TrackersTest has a stand-in",
          "demo --set output.root=/tmp/fair-demo", "minutes, and .ci/run does it");

  @TempDir private static Path folder;
  private static DemoDataset.Written data;
  private static StandaloneCluster cluster;
  private static SharedJvm shared;
  private static final Set<Set<String>> started = new HashSet<>();
  private static final Set<List<String>> measured = new HashSet<>();

  @BeforeAll
  static void prepare() throws IOException {
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 4, 2, 1));
    // One of its categories will do, for commands of which each is run.
    delete(data.dataRoot().resolve("flange"));
    Path weave = data.dataRoot().resolve("weave");
    copy(weave.resolve("train"), folder.resolve("parts/weave"));
    copy(weave.resolve("test"), folder.resolve("archive/weave"));
    Files.write(folder.resolve("backbone.onnx"), TinyBackbone.bytes(64));
    // Several executors are RunOnClusterIT's: here one runs two tasks at a time.
    cluster =
        StandaloneCluster.start(SubmitScript.localSpark(), folder.resolve("cluster"), 1, 2, "2g");
    shared = SharedJvm.start(folder.resolve("shared-jvm"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (shared != null) {
      shared.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandShownRuns() throws IOException {
    List<ShownCommand> shown =
        ShownCommand.all(SubmitScript.repository()).stream()
            .filter(s -> !s.words().equals(List.of("demo")))
            .filter(s -> ELSEWHERE.keySet().stream().noneMatch(s.toString()::contains))
            .toList();
    assertThat(shown).as("commands to run").hasSizeGreaterThan(25);
    return shown.stream().map(s -> DynamicTest.dynamicTest(s.toString(), () -> run(s)));
  }

  private static void run(ShownCommand shown) throws Exception {
    // All examples of the help see the same folders, as do all of a page.
    Path work = folder.resolve(shown.where().endsWith("--help") ? "help" : shown.where());
    Files.createDirectories(work);
    String job = shown.words().get(0);
    List<String> words = new ArrayList<>();
    shown.jobWords().forEach(word -> words.add(placed(word, work)));
    if (!job.equals("completion")) {
      if (words.stream().noneMatch(w -> w.startsWith("output.root="))) {
        words.addAll(List.of("--set", "output.root=" + Files.createTempDirectory(work, "out")));
      }
      List<String> settings = new ArrayList<>(TINY);
      settings.add("corruption.textures=" + data.textures());
      settings.add("bench.seconds=0.01");
      settings.add("bench.source-size=64");
      settings.forEach(setting -> words.addAll(List.of("--set", setting)));
      if (shown.where().startsWith("conf/sweeps/") || isMeasuredAgain(job, shown)) {
        words.add("--dry-run");
      }
      words.add("--");
      shown.sparkWords().forEach(word -> words.add(placed(word, work)));
      // What the examples ask of an executor is more than this cluster has.
      words.addAll(List.of("--executor-memory", "1g"));
      for (String option :
          List.of(
              "executor.cores=2",
              "executor.memoryOverhead=500m",
              "files.useFetchCache=false",
              "ui.enabled=false")) {
        words.addAll(List.of("--conf", "spark." + option));
      }
    }
    String[] arguments = words.toArray(String[]::new);
    Ended ended =
        started.add(start(words, shown))
            ? new SubmitScript().run(arguments)
            : shared.run(arguments);
    assertThat(ended.code()).as("%s%n%s", words, ended).isZero();
    if (job.equals("run") && !words.contains("--dry-run")) {
      Path out = Path.of(value(words, "output.root="));
      assertThat(out.resolve("report/index.html")).as("its report").isNotEmptyFile();
    }
  }

  /** Tells whether a bench, made as tiny as all are here, would measure what another one has. */
  private static boolean isMeasuredAgain(String job, ShownCommand shown) {
    return job.equals("bench") && !measured.add(shown.sparkWords());
  }

  /** Returns the names of a command's options that decide on how Spark is started. */
  private static Set<String> start(List<String> words, ShownCommand shown) {
    return Stream.concat(
            shown.sparkWords().stream().filter(word -> word.startsWith("-")),
            words.stream().filter(word -> word.equals("--dry-run")))
        .collect(toSet());
  }

  private static String value(List<String> words, String setting) {
    return words.stream()
        .filter(w -> w.startsWith(setting))
        .findFirst()
        .orElseThrow()
        .substring(setting.length());
  }

  /** Returns a word with the places of this test instead of the reader's. */
  private static String placed(String word, Path work) {
    Map<String, Path> places = new LinkedHashMap<>();
    for (String archive : List.of("hdfs:///archive", "/archive")) {
      places.put(archive, folder.resolve("archive"));
    }
    for (String parts : List.of("hdfs:///parts", "/data/our parts", "/data/parts")) {
      places.put(parts, folder.resolve("parts"));
    }
    for (String images :
        List.of("hdfs:///mvtec_ad", "hdfs:///images", "/data/mvtec_ad", "/data/VisA")) {
      places.put(images, data.dataRoot());
    }
    for (String models : List.of("hdfs:///out/models/bottle", "/data/out/models/bottle")) {
      places.put(models, work.resolve("out/models/weave"));
    }
    for (String out : List.of("hdfs:///out", "/data/out")) {
      places.put(out, work.resolve("out"));
    }
    for (String night : List.of("hdfs:///night", "/data/night")) {
      places.put(night, work.resolve("night"));
    }
    places.put("...", data.dataRoot());
    places.put("/data/dtd/images", data.textures());
    places.put("/data/again", work.resolve("again"));
    places.put("/data/sweep", work.resolve("sweep"));
    places.put("/data/pc", work.resolve("pc"));
    places.put("/data/rivals", work.resolve("rivals"));
    places.put("/data/backbone.onnx", folder.resolve("backbone.onnx"));
    places.put("[layer2, layer3]", Path.of("[fine, coarse]"));
    List<String> longestFirst = new ArrayList<>(places.keySet());
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    String value = word.substring(word.indexOf('=') + 1);
    for (String place : longestFirst) {
      if (value.startsWith(place)) {
        return word.replace(place, places.get(place).toString());
      }
    }
    assertThat(value.startsWith("/") || value.matches("(hdfs|s3a|abfss)://.*"))
        .as("what %s stands for is not known to this test", value)
        .isFalse();
    return value.matches("(?i)spark://host:7077") ? cluster.masterUrl() : word;
  }
}
