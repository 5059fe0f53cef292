package org.fairspark.spark;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.fairspark.spark.device.TaskCores;

/**
 * The executors of a running Spark, and the tasks that they run at a time.
 *
 * @param executors at least one; in local mode the one process
 * @param cores of all executors
 * @param taskCpus cores of a task ({@code spark.task.cpus})
 */
public record ClusterShape(int executors, int cores, int taskCpus) {
  /** As Spark reads it: threads, and failures of a task that it may have. */
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[\\s*([0-9]+|\\*)\\s*(,\\s*[0-9]+\\s*)?\\])?");

  public ClusterShape {
    if (executors < 1 || cores < 1 || taskCpus < 1) {
      throw new IllegalArgumentException(
          "executors, cores and cores of a task must be positive: %d, %d, %d"
              .formatted(executors, cores, taskCpus));
    }
  }

  /** Returns the shape that Spark has now; executors may come and go. */
  public static ClusterShape of(SparkContext spark) {
    // The driver is among those that Spark lists.
    int executors = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    return new ClusterShape(
        executors, Math.max(1, spark.defaultParallelism()), TaskCores.of(spark.conf()));
  }

  /**
   * Returns the shape that a Spark with these settings has when it is started, where one process
   * does all the work; empty where only a running Spark knows its executors.
   */
  public static Optional<ClusterShape> local(SparkConf conf) {
    OptionalInt threads = localThreads(conf.get("spark.master", ""));
    return threads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClusterShape(
                1,
                Math.max(1, conf.getInt("spark.default.parallelism", threads.getAsInt())),
                TaskCores.of(conf)));
  }

  /** Returns the threads of a local master; empty if it is none. */
  static OptionalInt localThreads(String master) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return OptionalInt.empty();
    }
    String threads = local.group(2);
    return OptionalInt.of(
        threads == null
            ? 1
            : threads.equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(threads));
  }

  /** Returns the tasks that all executors together run at a time. */
  public int tasks() {
    return Math.max(1, cores / taskCpus);
  }

  /** Returns the cores of an executor. */
  public int coresPerExecutor() {
    return Math.max(1, cores / executors);
  }

  /** Returns the tasks that an executor runs at a time. */
  public int tasksPerExecutor() {
    return Math.max(1, coresPerExecutor() / taskCpus);
  }
}
