package org.fairspark.job.train;

import org.apache.spark.SparkContext;
import org.fairspark.config.TrainingConfig;

/**
 * The number of workers that train, and of native threads of each.
 *
 * @param count workers of a round
 * @param threads native threads of a worker
 */
public record Workers(int count, int threads) {

  /**
   * Returns the workers by the settings and by what Spark has now: as many workers as executors
   * (one in local mode), and the cores divided among them.
   */
  public static Workers of(SparkContext spark, TrainingConfig settings) {
    int executors = executors(spark);
    int cores = Math.max(1, spark.defaultParallelism());
    int count = settings.workers().orElse(executors);
    int perExecutor = Math.max(1, cores / executors);
    int share = Math.max(1, Math.min(perExecutor, cores / count));
    return new Workers(count, settings.threads().orElse(share));
  }

  /** Returns how many of them share an executor, at most. */
  public int together(SparkContext spark) {
    int executors = executors(spark);
    return (count + executors - 1) / executors;
  }

  private static int executors(SparkContext spark) {
    return Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
  }

  /** Returns a human-readable description. */
  public String describe() {
    return "%d %s of %d native %s each"
        .formatted(
            count, count == 1 ? "worker" : "workers", threads, threads == 1 ? "thread" : "threads");
  }
}
