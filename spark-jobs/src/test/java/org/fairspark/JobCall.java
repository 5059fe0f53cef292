package org.fairspark;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.LazySpark;

/** Calls of jobs as the command line makes them, in the tests' JVM and on its Spark. */
public final class JobCall {
  private JobCall() {}

  /** Runs a job; nobody hears what it says. */
  public static JobResult run(Job<?, ?> job, FairConfig config) throws Exception {
    return run(job, config, new StringBuilder());
  }

  /**
   * Runs a job.
   *
   * @param said gets what the job says on the terminal, also where it fails
   */
  public static JobResult run(Job<?, ?> job, FairConfig config, StringBuilder said)
      throws Exception {
    return call(job, config, LocalSpark.lazy(), false, said);
  }

  /** Only plans a job. */
  public static JobResult plan(Job<?, ?> job, FairConfig config) throws Exception {
    return call(job, config, LocalSpark.lazy(), true, new StringBuilder());
  }

  /**
   * Only plans a job, in a process where Spark cannot be started; as many threads as tests have.
   */
  public static JobResult planWithoutSpark(Job<?, ?> job, FairConfig config) throws Exception {
    SparkConf conf = new SparkConf(false).set("spark.master", LocalSpark.MASTER);
    LazySpark none =
        new LazySpark(
            () -> conf,
            given -> {
              throw new AssertionError("Spark was started");
            });
    return call(job, config, none, true, new StringBuilder());
  }

  private static JobResult call(
      Job<?, ?> job, FairConfig config, LazySpark spark, boolean dryRun, StringBuilder said)
      throws Exception {
    String name = job.getClass().getSimpleName().replaceFirst("Job$", "").toLowerCase(Locale.ROOT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.plain(stream, stream);
    try {
      return job.run(new JobContext(name, config, spark, terminal, dryRun));
    } finally {
      said.append(bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
