package org.fairspark;

import org.apache.spark.sql.SparkSession;

/** One local Spark for all tests of a JVM: starting one takes seconds. */
public final class LocalSpark {
  private static SparkSession session;

  private LocalSpark() {}

  /** Returns a session of its own settings over the shared context, with four threads. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[4]")
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "4")
              .config("spark.task.maxFailures", "1")
              // Spark keeps the code of a hundred queries; the tests of a JVM have many more.
              .config("spark.sql.codegen.cache.maxEntries", "1000")
              .getOrCreate();
    }
    return session.newSession();
  }
}
