package org.fairspark.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this source tree is. */
final class Repository {
  private Repository() {}

  /** The root: the system property {@code fair.repository}, or the folder above the module's. */
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

  /** The wrapper where there is one, else what the path offers. */
  static String maven() {
    Path wrapper = root().resolve("mvnw");
    return Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
  }

  /** The running JDK's {@code java}. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
