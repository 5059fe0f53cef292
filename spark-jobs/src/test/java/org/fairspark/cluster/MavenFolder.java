package org.fairspark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder of jars that one of the poms under {@code spark-jobs/test-clusters} names, gathered by
 * Maven on first use and kept in {@code target}.
 */
final class MavenFolder {
  private static final long TIMEOUT_MINUTES = 10;

  private MavenFolder() {}

  /**
   * Returns the jars of {@code test-clusters/NAME/pom.xml}. Skips the test, with Maven's message,
   * where they cannot be had.
   */
  static Path jars(String name) {
    Path jars = folder(name).resolve("jars");
    run(name, "copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=" + jars);
    return jars;
  }

  /**
   * Fetches what {@code test-clusters/NAME/pom.xml} names into the local Maven repository only,
   * where {@code spark-submit --packages} looks first. Skips the test likewise.
   */
  static void fetch(String name) {
    run(name, "resolve");
  }

  /** Returns the folder of a test cluster's pom and programs. */
  static Path sources(String name) {
    return Repository.root().resolve("spark-jobs/test-clusters").resolve(name);
  }

  private static Path folder(String name) {
    return Repository.root().resolve("spark-jobs/target/test-clusters").resolve(name);
  }

  private static void run(String name, String goal, String... options) {
    Path folder = folder(name);
    try {
      Files.createDirectories(folder);
      // Two builds may share this tree.
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        assert held.isValid();
        runOnce(sources(name).resolve("pom.xml"), folder, goal, options);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot gather the jars of " + name, e);
    }
  }

  private static void runOnce(Path pom, Path folder, String goal, String... options)
      throws IOException {
    String wanted = Files.readString(pom);
    Path done = folder.resolve("pom.done.xml");
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Path log = folder.resolve("maven.log");
    List<String> command = new ArrayList<>(List.of(Repository.maven(), "-q", "-B", "-f"));
    command.add(pom.toString());
    command.add("org.apache.maven.plugins:maven-dependency-plugin:3.8.1:" + goal);
    command.addAll(List.of(options));
    Process maven =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended;
    try {
      ended = maven.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    if (!ended) {
      Processes.killTree(maven.toHandle());
    }
    Assumptions.assumeTrue(
        ended && maven.exitValue() == 0,
        () -> "Skipped: Maven could not gather the jars of " + pom + ", see " + log);
    Files.writeString(done, wanted);
  }
}
