package org.fairspark.job.train;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrainingConfig;
import org.fairspark.inference.TrainingChoice;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.device.GpuStages;

/**
 * The number of workers that train, of native threads of each, and the engine of all.
 *
 * @param count workers of a round
 * @param threads native threads of a worker
 * @param adaptThreads whether a worker takes half of them while that is faster
 * @param engine that trains
 */
public record Workers(int count, int threads, boolean adaptThreads, TrainingChoice engine)
    implements Serializable {

  /**
   * Returns the workers by the settings and by what Spark has now: as many workers as executors
   * (one in local mode), and the cores divided among them. Where the workers are in this process,
   * none takes more threads than its environment allows by {@code OMP_NUM_THREADS}.
   *
   * @param engine that trains
   */
  public static Workers of(LazySpark spark, FairConfig config, TrainingChoice engine) {
    TrainingConfig settings = config.training();
    ClusterShape shape = spark.shape();
    int count = settings.workers().orElse(shape.executors());
    String limit = spark.isLocal() ? System.getenv("OMP_NUM_THREADS") : null;
    int threads = settings.threads().orElseGet(() -> share(shape, count, limit));
    // A GPU does the work of either number, and would hold a network for both.
    boolean adapt = settings.adaptThreads() && threads > 1 && !GpuStages.available(spark.conf());
    return new Workers(count, threads, adapt, engine);
  }

  /**
   * Returns the native threads of each of some workers: its share of the cores.
   *
   * @param limit the most, as OpenMP is told: a number, or several for nested regions of which the
   *     first counts; anything else is no limit, or null
   */
  static int share(ClusterShape shape, int count, String limit) {
    int share = Math.max(1, Math.min(shape.coresPerExecutor(), shape.cores() / count));
    Matcher number =
        Pattern.compile("\\s*([1-9][0-9]{0,8})\\s*(,.*)?").matcher(limit == null ? "" : limit);
    return number.matches() ? Math.min(share, Integer.parseInt(number.group(1))) : share;
  }

  /**
   * Returns a worker that trains by itself in one task, beside others.
   *
   * @throws org.fairspark.failure.FairException if the engine that is asked for cannot train
   */
  public static Workers one(LazySpark spark, FairConfig config) {
    return new Workers(
        1, config.training().threads().orElse(1), false, TrainingChoice.of(config, spark));
  }

  /** Returns a single worker with as many threads, all of the time, and the same engine. */
  public Workers alone() {
    return new Workers(1, threads, false, engine);
  }

  /**
   * Returns how many of them share an executor, at most.
   *
   * @param executors as many as there are
   */
  public int together(int executors) {
    return (count + executors - 1) / executors;
  }

  /** Returns a human-readable description. */
  public String describe() {
    return "%s of %d native %s%s%s"
        .formatted(
            count == 1 ? "1 worker" : count + " workers",
            threads,
            threads == 1 ? "thread" : "threads",
            count == 1 ? "" : " each",
            adaptThreads ? ", or half as many while that is faster" : "");
  }
}
