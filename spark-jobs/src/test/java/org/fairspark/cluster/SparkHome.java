package org.fairspark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;

/** The Sparks that tests submit to. */
public final class SparkHome {
  private static final String NEWEST = "4.2";

  private SparkHome() {}

  /**
   * Returns whether tests of stores and resource managers are asked to take Spark 4.2, by {@code
   * -Dfair.spark=4.2}. They run on the assembled Spark otherwise.
   */
  static boolean isNewestAskedFor() {
    return NEWEST.equals(System.getProperty("fair.spark"));
  }

  /** Returns the folder of the Spark that is asked for, see {@link #isNewestAskedFor}. */
  static Path askedFor() {
    return isNewestAskedFor() ? ofSpark42() : path();
  }

  /**
   * Returns the folder of the Spark that the build assembles. Skips the test, saying how to make
   * it, where it was not built.
   */
  static Path path() {
    Path home = Repository.root().resolve("spark-jobs/local-spark/target/spark");
    Assumptions.assumeTrue(
        Files.exists(home.resolve("RELEASE")),
        () -> "Skipped: no Spark in " + home + "; make it by ./mvnw -DskipTests package");
    return home;
  }

  /**
   * Returns the folder of a Spark 4.2, gathered on first use. Skips the test, with Maven's message,
   * where it cannot be had.
   */
  public static Path ofSpark42() {
    Path home = MavenFolder.jars("spark-4.2").getParent();
    try {
      FileUtils.copyDirectory(path().resolve("bin").toFile(), home.resolve("bin").toFile());
      Files.write(home.resolve("RELEASE"), List.of("Spark 4.2.0 (Scala 2.13), for tests"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot complete " + home, e);
    }
    return home;
  }
}
