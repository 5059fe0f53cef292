package org.fairspark.job.train;

import org.apache.spark.SparkContext;
import org.fairspark.config.TrainingConfig;
import org.fairspark.spark.ClusterShape;

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
    ClusterShape shape = ClusterShape.of(spark);
    int count = settings.workers().orElse(shape.executors());
    int share = Math.max(1, Math.min(shape.coresPerExecutor(), shape.cores() / count));
    return new Workers(count, settings.threads().orElse(share));
  }

  /** Returns how many of them share an executor, at most. */
  public int together(SparkContext spark) {
    int executors = ClusterShape.of(spark).executors();
    return (count + executors - 1) / executors;
  }

  /** Returns a human-readable description. */
  public String describe() {
    return "%d %s of %d native %s each"
        .formatted(
            count, count == 1 ? "worker" : "workers", threads, threads == 1 ? "thread" : "threads");
  }
}
