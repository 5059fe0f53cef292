package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fairspark.submit.SubmitScript;

/**
 * The notebooks that the product ships. Where a cell has changed, run the tests once with {@code
 * -Dfair.notebooks.write=true}: the notebooks are then committed with the outputs of that run.
 */
final class Notebooks {
  static final Path FOLDER =
      Path.of(System.getProperty("fair.repository", ".."), "notebooks").toAbsolutePath();

  private static final long MAX_BYTES = 1_000_000;

  private Notebooks() {}

  /** Runs a notebook over the tests' own classes, and writes its outputs if told so. */
  static NotebookFile run(String name, Map<String, String> environment, Path scratch)
      throws IOException, InterruptedException {
    return run(name, testClassPath(), environment, scratch);
  }

  /** Runs a notebook as {@code open.sh} would have it run: over the jar and the built Spark. */
  static NotebookFile runBuilt(String name, Map<String, String> environment, Path scratch)
      throws IOException, InterruptedException {
    List<Path> classPath = new ArrayList<>(List.of(SubmitScript.jar()));
    try (Stream<Path> jars = Files.list(SubmitScript.localSpark().resolve("jars"))) {
      jars.sorted().forEach(classPath::add);
    }
    return run(name, classPath, environment, scratch);
  }

  private static NotebookFile run(
      String name, List<Path> classPath, Map<String, String> environment, Path scratch)
      throws IOException, InterruptedException {
    NotebookRunner runner =
        new NotebookRunner(classPath, jvmOptions(scratch), environment, Duration.ofMinutes(5));
    NotebookFile executed = runner.run(FOLDER.resolve(name), scratch);
    if (Boolean.getBoolean("fair.notebooks.write")) {
      executed.write(FOLDER.resolve(name));
    }
    return executed;
  }

  /**
   * Checks that a notebook is committed with outputs below every cell, in order and small enough.
   */
  static void requireCommittedWithOutputs(String name, NotebookFile executed) throws IOException {
    NotebookFile committed = NotebookFile.read(FOLDER.resolve(name));
    List<String> kinds = new ArrayList<>();
    List<String> expectedKinds = new ArrayList<>();
    for (int i = 0; i < committed.codeCells().size(); i++) {
      NotebookFile.CodeCell cell = committed.codeCells().get(i);
      assertThat(cell.json().path("execution_count").asInt())
          .as("execution count of cell %d of %s, as committed", i + 1, name)
          .isEqualTo(i + 1);
      kinds.add(i + 1 + kinds(cell));
      expectedKinds.add(i + 1 + kinds(executed.codeCells().get(i)));
    }
    assertThat(kinds).as("kinds of outputs of %s, as committed", name).isEqualTo(expectedKinds);
    assertThat(Files.size(FOLDER.resolve(name))).as("bytes of %s", name).isLessThan(MAX_BYTES);
  }

  /** Returns all that a notebook's cells printed. */
  static String printed(NotebookFile notebook) {
    StringBuilder text = new StringBuilder();
    for (NotebookFile.CodeCell cell : notebook.codeCells()) {
      for (JsonNode output : cell.outputs()) {
        text.append(NotebookFile.text(output.path("text")));
      }
    }
    return text.toString();
  }

  private static String kinds(NotebookFile.CodeCell cell) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode output : cell.outputs()) {
      kinds.add(output.path("name").asText());
      output.path("data").fieldNames().forEachRemaining(kinds::add);
    }
    return kinds.toString();
  }

  /** Returns the class path of the product and Spark, as the tests have it. */
  private static List<Path> testClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
        .map(Path::of)
        .toList();
  }

  /**
   * Returns the options that {@code open.sh} gives a kernel's JVM, and the quick compiler alone:
   * the JVM lives for seconds.
   */
  private static List<String> jvmOptions(Path scratch) {
    return List.of(
        "-Xmx2g",
        "-XX:TieredStopAtLevel=1",
        "-XX:ReservedCodeCacheSize=240m",
        "@" + FOLDER.resolve("java.options"),
        "-Dlog4j2.configurationFile=" + FOLDER.resolveSibling("conf/log4j2.properties"),
        "-Dfair.log=" + scratch.resolve("notebook.log"));
  }
}
