package org.fairspark;

import org.apache.spark.sql.SparkSession;
import org.fairspark.files.LocalFilesWithChecksums;
import org.fairspark.spark.LazySpark;

/** One local Spark for all tests of a JVM: starting one takes seconds. */
public final class LocalSpark {
  static final String MASTER = "local[4]";

  private static SparkSession session;

  private LocalSpark() {}

  /** Returns a session of its own settings over the shared context, with four threads. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master(MASTER)
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "4")
              .config("spark.task.maxFailures", "1")
              // Spark keeps the code of a hundred queries; the tests of a JVM have many more.
              .config("spark.sql.codegen.cache.maxEntries", "1000")
              .getOrCreate();
      LocalFilesWithChecksums.use(session.sparkContext().hadoopConfiguration());
    }
    return session.newSession();
  }

  /** Returns such a session as jobs take it; it is there already. */
  public static LazySpark lazy() {
    return lazy(session());
  }

  /** Returns a session as jobs take it. */
  public static LazySpark lazy(SparkSession spark) {
    LazySpark started = new LazySpark(() -> spark.sparkContext().conf(), conf -> spark);
    started.session();
    return started;
  }
}
