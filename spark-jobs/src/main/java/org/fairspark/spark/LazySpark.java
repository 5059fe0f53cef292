package org.fairspark.spark;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark of a run, which starts when something first needs it. Where one process does all the
 * work, its settings alone tell what plans ask: a dry run, or a command that is refused, starts no
 * Spark then. On a cluster everything is asked of the running Spark.
 */
public final class LazySpark {
  private final Supplier<SparkConf> settings;
  private final Function<SparkConf, SparkSession> starter;
  private SparkConf conf;
  private Configuration hadoop;
  private SparkSession session;

  /**
   * Makes a Spark that is not started yet.
   *
   * @param settings makes the settings to start with; called at most once
   * @param starter starts Spark; called at most once, until {@link #stop}
   */
  public LazySpark(Supplier<SparkConf> settings, Function<SparkConf, SparkSession> starter) {
    this.settings = settings;
    this.starter = starter;
  }

  /** Returns the session; the first call starts it. */
  public synchronized SparkSession session() {
    if (session == null) {
      session = starter.apply(settings());
    }
    return session;
  }

  /** Returns the Java form of the session's context; the first call starts the session. */
  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  /** Returns whether the session is there. */
  public synchronized boolean isStarted() {
    return session != null;
  }

  /** Returns the settings of the session, or of the one to be started. */
  public synchronized SparkConf conf() {
    return shapeUnstarted().isPresent() ? settings() : session().sparkContext().conf();
  }

  /** Returns Hadoop's configuration of the session, or of the one to be started. */
  public synchronized Configuration hadoop() {
    if (shapeUnstarted().isEmpty()) {
      return session().sparkContext().hadoopConfiguration();
    }
    if (hadoop == null) {
      hadoop = SparkCompat.hadoop(settings());
    }
    return hadoop;
  }

  /** Returns the executors, as they are or, in one process, as they will be. */
  public synchronized ClusterShape shape() {
    return shapeUnstarted().orElseGet(() -> ClusterShape.of(session().sparkContext()));
  }

  /** Returns whether one process does all the work. */
  public boolean isLocal() {
    return ClusterShape.local(conf()).isPresent();
  }

  /** Returns the shape of a Spark of one process that is not started yet. */
  private Optional<ClusterShape> shapeUnstarted() {
    return session == null ? ClusterShape.local(settings()) : Optional.empty();
  }

  private SparkConf settings() {
    if (conf == null) {
      conf = settings.get();
    }
    return conf;
  }

  /** Stops the session, if it was started. */
  public synchronized void stop() {
    if (session != null) {
      session.stop();
      session = null;
    }
  }
}
