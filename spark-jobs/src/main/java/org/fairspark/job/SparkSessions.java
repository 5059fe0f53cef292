package org.fairspark.job;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the Spark session, with the settings that jobs need wherever spark-submit left them open.
 */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * Starts Spark, or takes the session that is there.
   *
   * <p>Settings given to spark-submit win. What must be known before the JVM starts (memory, Java
   * options of the driver) cannot be set here; {@code submit.sh} sets it.
   *
   * @param jobName part of the application's name
   */
  public static SparkSession start(String jobName) {
    SparkConf conf = new SparkConf();
    // A person's own application name wins; spark-submit puts the main class where there is none.
    if (conf.get("spark.app.name", "").isEmpty()
        || conf.get("spark.app.name").startsWith("org.fairspark.")) {
      conf.setAppName("fair " + jobName);
    }
    conf.setIfMissing("spark.master", "local[*]");
    // Rows hold images: 4096 of them, Spark's default, are gigabytes.
    conf.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "64");
    conf.setIfMissing("spark.sql.parquet.compression.codec", "snappy");
    // The job's own progress is shown, not Spark's.
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
