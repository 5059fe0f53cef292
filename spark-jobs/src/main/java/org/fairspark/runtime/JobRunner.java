package org.fairspark.runtime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.config.ConfigException;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.spark.MemoryLimits;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;
import org.fairspark.text.Json;
import org.fairspark.tracking.TrackedRun;
import org.fairspark.tracking.Trackers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A runner that executes a job and turns its end into an exit code: 0 done; 1 failed; 2 wrong usage
 * or configuration (nothing was started, nothing written); 3 done, but more bad records than
 * allowed.
 */
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private static final Pattern LOST_TASK =
      Pattern.compile("Lost task \\S+ in stage .*?\\((\\S+ executor \\S+)\\): (.*)$");

  private static final Predicate<String> FILE_SYSTEM =
      Pattern.compile("FileSystem\\b").asPredicate();

  private static final Pattern UNREADABLE =
      Pattern.compile("Encountered error while reading file (.+?)\\. Details:");

  /** The words of the system's loader about a file that lies where nothing may be run. */
  private static final String NOEXEC = "failed to map segment";

  /** The words of operating systems and of HDFS where no byte more can be written. */
  private static final Pattern FULL =
      Pattern.compile("No space left on device|(Disk )?quota .*exceeded");

  /** Causes of causes that are looked at: a chain may hold itself. */
  private static final int MAX_CAUSES = 50;

  private JobRunner() {}

  /**
   * Runs the job, prints its summary or what went wrong, and stops Spark.
   *
   * @param json prints the result as one JSON object instead of summary lines
   * @return the exit code
   */
  public static int run(Job<?, ?> job, JobContext context, boolean json) {
    long started = System.nanoTime();
    JobResult result;
    StopNotice notice = StopNotice.whileRunning(context);
    try (context) {
      result = job.run(context);
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      result = report(e, context.jobName(), context.terminal());
    } finally {
      notice.close();
    }
    print(result, context, json, (System.nanoTime() - started) / 1e9);
    return result.status().exitCode();
  }

  static <P extends JobPlan> JobResult perform(Job<P, ?> job, JobContext context) throws Exception {
    P plan = plan(job, context);
    return context.dryRun()
        ? new DryRunResult(plan.lines())
        : tracked(context, () -> execute(job, context, plan));
  }

  /** Does a command's work, and tells the servers that its configuration names. */
  private static JobResult tracked(JobContext context, Callable<JobResult> work) throws Exception {
    Trackers trackers =
        Trackers.of(context.config().tracking(), context.jobName(), context.terminal()::warn);
    if (trackers.isEmpty()) {
      return work.call();
    }
    TrackedRun run =
        TrackedRun.begin(
            context.jobName(), context.config(), context.root(), context.spark().version());
    trackers.began(run);
    try {
      JobResult result = work.call();
      trackers.done(run);
      return result;
    } catch (Throwable e) {
      trackers.failed(run, reason(e));
      throw e;
    }
  }

  /**
   * Plans a job's work and checks that there is memory for it.
   *
   * @throws FairException if the work cannot be done, or not with this memory
   */
  public static <P extends JobPlan> P plan(Job<P, ?> job, JobContext context) throws Exception {
    P plan = job.plan(context);
    plan.memory()
        .ifPresent(
            memory ->
                MemoryLimits.of(context.lazySpark().conf()).require(memory, context.jobName()));
    return plan;
  }

  /** Plans and executes a job within another one, and returns the result for it to use. */
  public static <P extends JobPlan, R extends JobResult> R execute(
      Job<P, R> job, JobContext context) throws Exception {
    return execute(job, context, plan(job, context));
  }

  /** Executes a plan in the job's output root, which is locked meanwhile. */
  public static <P extends JobPlan, R extends JobResult> R execute(
      Job<P, R> job, JobContext context, P plan) throws Exception {
    OutputRoot root = context.root();
    try (OutputLock lock = context.lock(root)) {
      JobContext held = context.holding(lock);
      TableWriter tables = held.tables();
      tables.clean();
      R result = job.execute(held, plan);
      lock.requireHeld();
      tables.clean();
      return result;
    }
  }

  /**
   * Says what went wrong in three lines (what, where, what to do); the stack trace goes to the log.
   *
   * @return a result without summary, with the exit code that the failure asks for
   */
  public static JobResult report(Throwable failure, String jobName, Terminal terminal) {
    FairException known = diagnose(failure, jobName);
    terminal.error(known.what(), known.where(), known.remedy());
    if (known.status() == ExitStatus.FAILED) {
      LOG.info("{} failed", jobName, failure);
    }
    return new FailedResult(known);
  }

  /** Returns what went wrong, in one line. */
  public static String reason(Throwable failure) {
    return diagnose(failure, "").what().lines().findFirst().orElse("");
  }

  private static String helpCall(String jobName) {
    return "./submit.sh " + jobName + " --help";
  }

  private static String logFile() {
    return System.getProperty("fair.log", "the driver's log");
  }

  /**
   * Returns the failure that says most: the first of ours in the chain of causes, else the last
   * cause.
   */
  private static FairException diagnose(Throwable failure, String jobName) {
    Throwable at = failure;
    Optional<String> unreadable = Optional.empty();
    for (int depth = 0; depth < MAX_CAUSES; depth++) {
      if (at instanceof FairException known) {
        return known;
      }
      if (at instanceof ConfigException) {
        return FairException.refused(
            at.getMessage(),
            "the configuration",
            "mend it; " + helpCall(jobName) + " lists all settings",
            at);
      }
      if (at instanceof ClassNotFoundException
          && FILE_SYSTEM.test(String.valueOf(at.getMessage()))) {
        return FairException.refused(
            "Spark lacks the library of a file system: " + at.getMessage(),
            "an address such as s3a:// among the settings, or in a table of images",
            "add it, as conf/spark/s3a.properties does by spark.jars.packages; files of this"
                + " machine need none",
            at);
      }
      if (at instanceof OutOfMemoryError) {
        return FairException.failed(
            "out of memory: " + at.getMessage(),
            jobName + place(at),
            "give more (-- --driver-memory 8g, or --executor-memory on a cluster), or lower"
                + " training.batch-size, evaluation.batch-size or image.size",
            at);
      }
      if (String.valueOf(at.getMessage()).contains(NOEXEC)) {
        return notLoaded(at, jobName);
      }
      Matcher full = FULL.matcher(String.valueOf(at.getMessage()));
      if (full.find()) {
        return FairException.failed(
            "there is no room left to write: " + full.group(),
            jobName + place(at) + executor(at),
            "make room below output.root, or where Spark keeps temporary files (TMPDIR, or"
                + " spark.local.dir of executors); the same command then goes on from what is whole",
            at);
      }
      Matcher file = UNREADABLE.matcher(String.valueOf(at.getMessage()));
      unreadable = file.find() ? Optional.of(file.group(1)) : unreadable;
      if (at.getCause() == null) {
        break;
      }
      at = at.getCause();
    }
    Throwable last = at;
    return unreadable
        .map(file -> Table.unreadable(file, message(last), last))
        .orElseGet(
            () ->
                FairException.failed(
                    message(last),
                    jobName + place(last),
                    "see the stack trace in " + logFile(),
                    last));
  }

  /** Returns the failure of a native library that lies where nothing may be run. */
  private static FairException notLoaded(Throwable failure, String jobName) {
    String message = failure.getMessage();
    String line = message.lines().filter(text -> text.contains(NOEXEC)).findFirst().orElseThrow();
    return FairException.failed(
        "a native library could not be loaded (noexec?): "
            + line.substring(Math.max(0, line.indexOf("java.lang."))).strip(),
        jobName + place(failure) + executor(failure),
        "unpack natives into a folder that is not mounted noexec: -Djava.io.tmpdir=FOLDER in"
            + " spark.executor.extraJavaOptions, as conf/spark/standalone.properties shows",
        failure);
  }

  /** Returns the executor that Spark's message tells of, or nothing. */
  private static String executor(Throwable failure) {
    Matcher task = LOST_TASK.matcher(failure.getMessage().lines().findFirst().orElse(""));
    return task.find() ? ", on " + task.group(1) : "";
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    // Spark puts an executor's exception, with its stack trace, into a long message.
    String first = message.strip().lines().findFirst().orElse("");
    Matcher task = LOST_TASK.matcher(first);
    return task.find() ? task.group(2) + " (on " + task.group(1) + ")" : first;
  }

  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.fairspark.")) {
        return ", at " + frame.getFileName() + ":" + frame.getLineNumber();
      }
    }
    return "";
  }

  private static void print(JobResult result, JobContext context, boolean json, double seconds) {
    if (!json) {
      result.summary().forEach(context.terminal()::result);
      result
          .next()
          .ifPresent(
              words ->
                  context
                      .terminal()
                      .info("in %s: %s".formatted(context.config().output().root(), words)));
      return;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job", context.jobName());
    object.put("status", result.status().name().toLowerCase(Locale.ROOT));
    object.put("exit_code", result.status().exitCode());
    object.put("seconds", Math.round(seconds * 1000) / 1000.0);
    object.put("summary", result.summary());
    object.putAll(result.details());
    context.terminal().data(Json.line(object));
  }
}
