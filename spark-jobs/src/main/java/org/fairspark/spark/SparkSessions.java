package org.fairspark.spark;

import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.fairspark.files.LocalFilesWithChecksums;
import org.fairspark.spark.device.DevicePlugin;
import org.fairspark.spark.device.TaskCores;

/**
 * The maker of the Spark session, with the settings that jobs need wherever spark-submit left them
 * open.
 */
public final class SparkSessions {
  /**
   * How often a waiting thread of OpenMP looks before it sleeps: for about a tenth of a
   * millisecond. By default it keeps its core for many, which others on the node need; {@code
   * submit.sh} says the same for a local master.
   */
  private static final String SPINS = "4000";

  /** Spark's setting of how long an executor may say nothing. */
  static final String SILENCE = "spark.storage.blockManagerHeartbeatTimeoutMs";

  private SparkSessions() {}

  /**
   * Starts Spark, or takes the session that is there.
   *
   * <p>Settings given to spark-submit win. What must be known before the JVM starts (memory, Java
   * options of the driver) cannot be set here; {@code submit.sh} sets it.
   *
   * @param jobName part of the application's name
   * @throws org.fairspark.failure.FairException if this Spark is too old, Java does not fit it, the
   *     user has no name, or natives cannot be loaded
   */
  public static SparkSession start(String jobName) {
    return start(completed(jobName, new SparkConf()));
  }

  /**
   * Returns a Spark that is started when it is needed, with as much memory for executors as a job
   * needs.
   *
   * @param memory what the job needs with given settings of Spark
   */
  public static LazySpark lazy(String jobName, Function<SparkConf, MemoryPlan> memory) {
    return new LazySpark(
        () -> {
          SparkConf conf = new SparkConf();
          conf.setIfMissing("spark.master", "local[*]");
          MemoryLimits.apply(conf, memory.apply(conf));
          return completed(jobName, conf);
        },
        SparkSessions::start);
  }

  /** Completes settings, after a look whether Spark can be started at all. */
  private static SparkConf completed(String jobName, SparkConf conf) {
    SparkFit.require();
    UserName.require();
    TemporaryFolder.require();
    // The user's own application name wins; spark-submit puts the main class where there is none.
    if (conf.get("spark.app.name", "").isEmpty()
        || conf.get("spark.app.name").startsWith("org.fairspark.")) {
      conf.setAppName("fair " + jobName);
    }
    conf.setIfMissing("spark.master", "local[*]");
    // Networks come back whole or as an average; the plan of memory looks at what the driver holds.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // Rows hold images: 4096 of them, Spark's default, are gigabytes.
    conf.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "64");
    // Two blocks of a round may lie on one executor: waiting seconds for a place beside the data
    // costs more than fetching them, as tasks here compute long on few bytes.
    conf.setIfMissing("spark.locality.wait", "0s");
    // Broadcasts are mostly weights, which do not compress.
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.sql.parquet.compression.codec", "snappy");
    if (ClusterShape.local(conf).isPresent()) {
      // An executor within this process is silent when the process stood still, as on a machine
      // that slept. By default Spark gives it up after two minutes, and then ends the process.
      conf.setIfMissing(SILENCE, "365d");
    }
    // The job's own progress is shown, not Spark's.
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", String.valueOf(TaskCores.of(conf)));
    if (!conf.contains("spark.executorEnv.OMP_WAIT_POLICY")) {
      conf.setIfMissing("spark.executorEnv.GOMP_SPINCOUNT", SPINS);
    }
    observe(conf);
    return conf;
  }

  private static SparkSession start(SparkConf conf) {
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    LocalFilesWithChecksums.use(spark.sparkContext().hadoopConfiguration());
    SparkMetrics.register();
    return spark;
  }

  /**
   * Metrics for Prometheus at the driver's UI ({@code /metrics/prometheus/} and, of executors,
   * {@code /metrics/executors/prometheus/}), named alike in every run; what executors compute on.
   */
  private static void observe(SparkConf conf) {
    conf.setIfMissing("spark.ui.prometheus.enabled", "true");
    conf.setIfMissing("spark.metrics.namespace", "fair");
    String sink = "spark.metrics.conf.driver.sink.prometheusServlet.";
    conf.setIfMissing(sink + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(sink + "path", "/metrics/prometheus");
    String plugin = DevicePlugin.class.getName();
    String others = conf.get("spark.plugins", "");
    if (!others.contains(plugin)) {
      conf.set("spark.plugins", others.isEmpty() ? plugin : others + "," + plugin);
    }
  }
}
