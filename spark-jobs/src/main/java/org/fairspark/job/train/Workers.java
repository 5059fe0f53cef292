package org.fairspark.job.train;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.TrainingConfig;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.spark.ClusterShape;

/**
 * The number of workers that train, of native threads of each, and the engine of all.
 *
 * @param count workers of a round
 * @param threads native threads of a worker
 * @param engine that trains
 */
public record Workers(int count, int threads, TrainingChoice engine) implements Serializable {

  /**
   * Returns the workers by the settings and by what Spark has now: as many workers as executors
   * (one in local mode), and the cores divided among them.
   *
   * @throws org.fairspark.failure.FairException if the engine that is asked for cannot train
   */
  public static Workers of(SparkContext spark, TrainingConfig settings) {
    ClusterShape shape = ClusterShape.of(spark);
    int count = settings.workers().orElse(shape.executors());
    int share = Math.max(1, Math.min(shape.coresPerExecutor(), shape.cores() / count));
    return new Workers(count, settings.threads().orElse(share), engine(spark, settings));
  }

  /**
   * Returns a worker that trains by itself in one task, beside others.
   *
   * @throws org.fairspark.failure.FairException if the engine that is asked for cannot train
   */
  public static Workers one(SparkContext spark, TrainingConfig settings) {
    return new Workers(1, settings.threads().orElse(1), engine(spark, settings));
  }

  private static TrainingChoice engine(SparkContext spark, TrainingConfig settings) {
    return TrainingChoice.of(
        settings, JavaSparkContext.fromSparkContext(spark), ClusterShape.of(spark).executors());
  }

  /** Returns a single worker with as many threads and the same engine. */
  public Workers alone() {
    return new Workers(1, threads, engine);
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
