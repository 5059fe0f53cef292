package org.fairspark.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this source tree. */
final class Repository {
  private Repository() {}

  /**
   * Returns the root: the system property {@code fair.repository}, or the folder above the
   * module's.
   */
  static Path root() {
    String set = System.getProperty("fair.repository");
    Path root = set == null ? Path.of("").toAbsolutePath() : Path.of(set).toAbsolutePath();
    while (!Files.isDirectory(root.resolve("spark-jobs/test-clusters"))) {
      if (root.getParent() == null) {
        throw new IllegalStateException(
            "No spark-jobs/test-clusters at or above " + Path.of("").toAbsolutePath());
      }
      root = root.getParent();
    }
    return root;
  }

  /** Returns Maven's wrapper where there is one, else the Maven on the path. */
  static String maven() {
    Path wrapper = root().resolve("mvnw");
    return Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
  }

  /** Returns the running JDK's {@code java}. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
