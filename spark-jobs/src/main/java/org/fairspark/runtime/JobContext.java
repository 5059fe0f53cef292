package org.fairspark.runtime;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.fairspark.config.FairConfig;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.LogContext;
import org.fairspark.spark.SparkMetrics;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Versions;
import org.fairspark.store.table.TableWriter;

/**
 * The surroundings of a job: its configuration, output root and lock, Spark (started when first
 * asked for), and the terminal.
 */
public final class JobContext implements AutoCloseable {
  private final Run run;
  private final String jobName;
  private final FairConfig config;
  private final Function<Configuration, OutputRoot> root;
  private final Optional<OutputLock> lock;
  private final Optional<ExpectedImages> expected;

  /**
   * Makes a context with a Spark session of its own.
   *
   * @param jobName the command, for example {@code prepare}; part of the application's name
   * @param spark started when the job first needs it; stopped by {@link #close}
   */
  public JobContext(
      String jobName, FairConfig config, LazySpark spark, Terminal terminal, boolean dryRun) {
    this(
        new Run(spark, terminal, dryRun),
        jobName,
        config,
        rootOf(config),
        Optional.empty(),
        Optional.empty());
  }

  private JobContext(
      Run run,
      String jobName,
      FairConfig config,
      Function<Configuration, OutputRoot> root,
      Optional<OutputLock> lock,
      Optional<ExpectedImages> expected) {
    this.run = run;
    this.jobName = Objects.requireNonNull(jobName, "jobName");
    this.config = Objects.requireNonNull(config, "config");
    this.root = root;
    this.lock = lock;
    this.expected = expected;
  }

  /** Returns a context for another job of the same run, sharing this one's Spark. */
  public JobContext with(String otherJob, FairConfig otherConfig) {
    return new JobContext(
        run, otherJob, otherConfig, rootOf(otherConfig), Optional.empty(), expected);
  }

  /** Returns the same, working in a root that shares parts of it with others. */
  public JobContext with(String otherJob, FairConfig otherConfig, OutputRoot otherRoot) {
    return new JobContext(
        run, otherJob, otherConfig, hadoop -> otherRoot, Optional.empty(), expected);
  }

  /**
   * Returns a context for planning what comes after another job: the images that it will leave
   * stand for those of the output root.
   */
  public JobContext expecting(ExpectedImages images) {
    return new JobContext(run, jobName, config, root, lock, Optional.of(images));
  }

  /** Returns the images that a job before this one is to leave; nothing, if they are there. */
  public Optional<ExpectedImages> expected() {
    return expected;
  }

  JobContext holding(OutputLock held) {
    return new JobContext(run, jobName, config, root, Optional.of(held), expected);
  }

  private static Function<Configuration, OutputRoot> rootOf(FairConfig config) {
    return hadoop -> OutputRoot.of(hadoop, config.output().root());
  }

  /** Returns the folder that this job works in: {@code output.root}. */
  public OutputRoot root() {
    return root.apply(hadoop());
  }

  /**
   * Returns a name for something of this job that no other job of the run gives: in a folder below
   * {@code output.root}, as the trials of a sweep are, the folder stands before it.
   */
  public String label(String name) {
    URI whole = OutputRoot.of(hadoop(), config.output().root()).path().toUri();
    String below = URI.create(whole + "/").relativize(root().path().toUri()).getPath();
    return below.isEmpty() || below.equals(whole.getPath()) ? name : below + "." + name;
  }

  public String jobName() {
    return jobName;
  }

  public FairConfig config() {
    return config;
  }

  /** Returns the Spark session; the first call starts it. */
  public SparkSession spark() {
    return run.spark().session();
  }

  /** Returns Spark for what can do without a running one. */
  public LazySpark lazySpark() {
    return run.spark();
  }

  /** Returns Hadoop's configuration of this Spark. */
  public Configuration hadoop() {
    return run.spark().hadoop();
  }

  /** Takes an output root for this run; another run that wants it is refused meanwhile. */
  public OutputLock lock(OutputRoot taken) {
    return OutputLock.acquire(taken, jobName, spark().sparkContext().applicationId());
  }

  /**
   * Returns the lock of the output root.
   *
   * @throws IllegalStateException if the job is not being executed
   */
  public OutputLock lock() {
    return lock.orElseThrow(() -> new IllegalStateException("the output root is not locked"));
  }

  /** Returns a writer of this job's tables; the output root is locked. */
  public TableWriter tables() {
    return new TableWriter(root(), lock(), Versions.all());
  }

  public Terminal terminal() {
    return run.terminal();
  }

  /** Returns whether to say only what would be done. */
  public boolean dryRun() {
    return run.dryRun();
  }

  /** Shows progress, see {@link Terminal#progress}, here and in Spark's metrics. */
  public Progress progress(String label, long total, String unit) {
    Progress progress = terminal().progress(label, total, unit);
    progress.whenClosed(SparkMetrics.count(jobName, unit, progress::fresh));
    return progress;
  }

  /**
   * Does a piece of work under a name that the Spark UI shows for its jobs and log lines for their
   * stage, for example {@code "decode and resize 292 images"}.
   */
  public <T> T step(String description, Callable<T> work) throws Exception {
    if (dryRun() && !run.spark().isStarted()) {
      // Planning alone may need no Spark.
      return work.call();
    }
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
    run.stop();
  }

  /** The parts that all jobs of a run share. */
  private record Run(LazySpark spark, Terminal terminal, boolean dryRun) {
    Run {
      Objects.requireNonNull(spark, "spark");
      Objects.requireNonNull(terminal, "terminal");
    }

    void stop() {
      QuietErrors.during(spark::stop);
    }
  }
}
