package org.fairspark.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
   * The jars of {@code test-clusters/NAME/pom.xml}. Skips the test, with Maven's message, where
   * they cannot be had.
   */
  static Path jars(String name) {
    Path pom = sources(name).resolve("pom.xml");
    Path folder = Repository.root().resolve("spark-jobs/target/test-clusters").resolve(name);
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        gather(pom, folder);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot gather the jars of " + pom, e);
    }
    return folder.resolve("jars");
  }

  /** Where the pom and the programs of a test cluster are. */
  static Path sources(String name) {
    return Repository.root().resolve("spark-jobs/test-clusters").resolve(name);
  }

  private static void gather(Path pom, Path folder) throws IOException {
    String wanted = Files.readString(pom);
    Path done = folder.resolve("pom.done.xml");
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Path log = folder.resolve("maven.log");
    Process maven =
        new ProcessBuilder(
                List.of(
                    Repository.maven(),
                    "-q",
                    "-B",
                    "-f",
                    pom.toString(),
                    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                    "-DincludeScope=runtime",
                    "-DoutputDirectory=" + folder.resolve("jars")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended;
    try {
      ended = maven.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    if (!ended) {
      maven.destroyForcibly();
    }
    Assumptions.assumeTrue(
        ended && maven.exitValue() == 0,
        () -> "Skipped: Maven could not gather the jars of " + pom + ", see " + log);
    Files.writeString(done, wanted);
  }
}
