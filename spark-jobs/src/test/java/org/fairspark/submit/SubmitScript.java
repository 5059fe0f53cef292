package org.fairspark.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A caller of {@code submit.sh} of this source tree, with the jar and the Spark that the build
 * made.
 */
public final class SubmitScript {
  /**
   * The result of a call.
   *
   * @param code the exit code
   * @param out standard output
   * @param err standard error
   */
  public record Ended(int code, String out, String err) {
    @Override
    public String toString() {
      return "exit code %d%n--- out%n%s--- err%n%s".formatted(code, out, err);
    }
  }

  private static boolean rehearsed;

  private final Map<String, String> environment = new HashMap<>();
  private Path script = repository().resolve("submit.sh");
  private Path folder = repository();

  /** Returns the root of this source tree. */
  public static Path repository() {
    String set = System.getProperty("fair.repository");
    Path start = Path.of(set == null ? "" : set).toAbsolutePath();
    for (Path root = start; root != null; root = root.getParent()) {
      if (Files.exists(root.resolve("submit.sh"))) {
        return root;
      }
    }
    throw new IllegalStateException("no submit.sh in or above " + start);
  }

  /** Returns the Spark that the build assembles. */
  public static Path localSpark() {
    return repository().resolve("spark-jobs/local-spark/target/spark");
  }

  /** Returns the application jar. */
  public static Path jar() {
    return repository().resolve("spark-jobs/target/fair-spark-1.0.0.jar");
  }

  /** Calls the script by another path, such as a symbolic link to it. */
  public SubmitScript script(Path other) {
    script = other;
    return this;
  }

  /** Calls it from a folder. */
  public SubmitScript from(Path workingFolder) {
    folder = workingFolder;
    return this;
  }

  /** Sets an environment variable; an empty value removes it. */
  public SubmitScript with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException if that takes more than ten minutes
   */
  public Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("submit", ".out");
    Path err = Files.createTempFile("submit", ".err");
    try {
      Process process =
          builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IllegalStateException(
            "took over ten minutes: " + command + "\n" + Files.readString(err));
      }
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /**
   * Starts it and returns at once.
   *
   * @param log where all that it prints goes
   */
  public Process start(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    return builder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /**
   * Starts it and returns at once; its standard input and output are the caller's.
   *
   * @param log where standard error goes
   */
  Process talk(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    return builder(command).redirectError(log.toFile()).start();
  }

  private static boolean isOnCluster(List<String> command) {
    int master = command.indexOf("--master");
    return master >= 0 && !command.get(master + 1).startsWith("local");
  }

  /** Has the script make its archive of classes, so that no test meets what it says meanwhile. */
  private static synchronized void rehearse() {
    if (rehearsed) {
      return;
    }
    rehearsed = true;
    ProcessBuilder builder =
        new ProcessBuilder(repository().resolve("submit.sh").toString(), "rehearse")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("FAIR_BUILD", "never");
    builder.environment().remove("SPARK_HOME");
    try {
      builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot call submit.sh", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while submit.sh rehearsed", e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = builder.environment();
    // The tests' own Java, and the jar as the build made it, also while sources change.
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("FAIR_BUILD", "never");
    all.remove("SPARK_HOME");
    if (!environment.containsKey("SPARK_SUBMIT_OPTS")) {
      // A local master gets the script's own archive of classes.
      all.put(
          "SPARK_SUBMIT_OPTS",
          isOnCluster(command) ? ShortLivedJvm.options() : ShortLivedJvm.COMPILER);
    }
    if (environment.containsKey("SPARK_HOME")) {
      // An archive for a Spark that starts once costs more than it saves.
      all.put("FAIR_CLASS_ARCHIVE", "never");
    } else {
      rehearse();
    }
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            all.remove(name);
          } else {
            all.put(name, value);
          }
        });
    return builder;
  }
}
