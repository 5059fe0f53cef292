package org.fairspark.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The Spark that the build assembles. */
final class SparkHome {
  private SparkHome() {}

  /** Its folder. Skips the test, saying how to make it, where it was not built. */
  static Path path() {
    Path home = Repository.root().resolve("spark-jobs/local-spark/target/spark");
    Assumptions.assumeTrue(
        Files.exists(home.resolve("RELEASE")),
        () -> "Skipped: no Spark in " + home + "; make it by ./mvnw -DskipTests package");
    return home;
  }
}
