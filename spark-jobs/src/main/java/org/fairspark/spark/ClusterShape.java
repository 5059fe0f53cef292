package org.fairspark.spark;

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
