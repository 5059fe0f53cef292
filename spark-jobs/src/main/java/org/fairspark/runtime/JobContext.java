package org.fairspark.runtime;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.fairspark.config.FairConfig;
import org.fairspark.spark.LogContext;
import org.fairspark.spark.SparkMetrics;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;

/**
 * What a job works with: the configuration, Spark (started when first asked for), and the terminal.
 */
public final class JobContext implements AutoCloseable {
  private final String jobName;
  private final FairConfig config;
  private final Session session;
  private final Terminal terminal;
  private final boolean dryRun;
  private final Function<Configuration, OutputRoot> root;

  /**
   * A context of its own Spark session.
   *
   * @param jobName the command, for example {@code prepare}; part of the application's name
   * @param spark called at most once, when the job first asks for Spark; stopped by {@link #close}
   */
  public JobContext(
      String jobName,
      FairConfig config,
      Supplier<SparkSession> spark,
      Terminal terminal,
      boolean dryRun) {
    this(jobName, config, new Session(spark), terminal, dryRun, rootOf(config));
  }

  private JobContext(
      String jobName,
      FairConfig config,
      Session session,
      Terminal terminal,
      boolean dryRun,
      Function<Configuration, OutputRoot> root) {
    this.jobName = Objects.requireNonNull(jobName, "jobName");
    this.config = Objects.requireNonNull(config, "config");
    this.session = session;
    this.terminal = Objects.requireNonNull(terminal, "terminal");
    this.dryRun = dryRun;
    this.root = root;
  }

  /** A context for another job of the same run, sharing this one's Spark. */
  public JobContext with(String otherJob, FairConfig otherConfig) {
    return new JobContext(otherJob, otherConfig, session, terminal, dryRun, rootOf(otherConfig));
  }

  /** The same, working in a root that shares parts of it with others. */
  public JobContext with(String otherJob, FairConfig otherConfig, OutputRoot otherRoot) {
    return new JobContext(otherJob, otherConfig, session, terminal, dryRun, hadoop -> otherRoot);
  }

  private static Function<Configuration, OutputRoot> rootOf(FairConfig config) {
    return hadoop -> OutputRoot.of(hadoop, config.output().root());
  }

  /** Where this job works: {@code output.root}. */
  public OutputRoot root() {
    return root.apply(hadoop());
  }

  public String jobName() {
    return jobName;
  }

  public FairConfig config() {
    return config;
  }

  /** The Spark session; the first call starts it. */
  public SparkSession spark() {
    return session.get();
  }

  /** Hadoop's configuration of this Spark. */
  public Configuration hadoop() {
    return spark().sparkContext().hadoopConfiguration();
  }

  /** Takes the output root for this run; another run that wants it is refused meanwhile. */
  public OutputLock lock(OutputRoot root) {
    return OutputLock.acquire(root, jobName, spark().sparkContext().applicationId());
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Whether to say only what would be done. */
  public boolean dryRun() {
    return dryRun;
  }

  /** Shows progress, see {@link Terminal#progress}, here and in Spark's metrics. */
  public Progress progress(String label, long total, String unit) {
    Progress progress = terminal.progress(label, total, unit);
    progress.whenClosed(SparkMetrics.count(jobName, unit, progress::fresh));
    return progress;
  }

  /**
   * Does a piece of work under a name that the Spark UI shows for its jobs and log lines for their
   * stage, for example {@code "decode and resize 292 images"}.
   */
  public <T> T step(String description, Callable<T> work) throws Exception {
    var spark = spark().sparkContext();
    String outerGroup = spark.getLocalProperty("spark.jobGroup.id");
    String outerDescription = spark.getLocalProperty("spark.job.description");
    spark.setJobGroup("fair " + jobName, description, false);
    try {
      return LogContext.within(spark, LogContext.STAGE, description, work);
    } finally {
      spark.setLocalProperty("spark.jobGroup.id", outerGroup);
      spark.setLocalProperty("spark.job.description", outerDescription);
    }
  }

  /** Stops Spark if it was started. */
  @Override
  public void close() {
    session.stop();
  }

  private static final class Session {
    private final Supplier<SparkSession> maker;
    private SparkSession spark;

    Session(Supplier<SparkSession> maker) {
      this.maker = Objects.requireNonNull(maker, "spark");
    }

    synchronized SparkSession get() {
      if (spark == null) {
        spark = maker.get();
      }
      return spark;
    }

    synchronized void stop() {
      if (spark != null) {
        spark.stop();
        spark = null;
      }
    }
  }
}
