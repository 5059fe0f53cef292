package org.fairspark.spark.device;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.fairspark.cache.ProcessCache;

/**
 * Stage-level scheduling: only what trains holds a GPU, while decoding, filtering and metrics run
 * on the CPU beside it.
 *
 * <p>The executors have GPUs ({@code spark.executor.resource.gpu.amount}), the tasks of ordinary
 * stages ask for none, and a stage that goes through {@link #onGpu} asks for one per task. The
 * tasks of a stage that goes through {@link #detecting} share their executor's GPUs: as many run as
 * there are cores.
 */
public final class GpuStages {
  private static final String AMOUNT = "spark.executor.resource.gpu.amount";
  private static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  /** The first Spark that gives a task of a stage with needs of its own a part of a GPU. */
  private static final int PARTS_SINCE = 4;

  /** Profiles of this driver: Spark knows a profile by its identity. */
  private static final ProcessCache<TaskNeeds, ResourceProfile> PROFILES = ProcessCache.ofAll();

  /**
   * The resources of a task beside its GPU.
   *
   * @param cores as {@code spark.task.cpus} gives them
   * @param gpus one, or the part of one that a task has
   */
  private record TaskNeeds(int cores, double gpus) {}

  private GpuStages() {}

  /** Returns whether the executors have GPUs. */
  public static boolean available(SparkConf conf) {
    return amount(conf) > 0 && !conf.get("spark.master", "").startsWith("local");
  }

  /** Returns the GPUs of an executor, by the settings. */
  static int amount(SparkConf conf) {
    return conf.getInt(AMOUNT, 0);
  }

  /**
   * Gives every task of the stage that computes this RDD one GPU; the RDD itself where executors
   * have none. It takes as many cores as an ordinary task; others stay free for those.
   */
  public static <T> JavaRDD<T> onGpu(JavaRDD<T> rdd) {
    SparkConf conf = rdd.context().getConf();
    return available(conf) ? rdd.withResources(profile(TaskCores.of(conf), 1)) : rdd;
  }

  /**
   * Lets the tasks of the stage that computes this RDD detect on the GPUs of their executors; the
   * RDD itself where executors have none.
   *
   * <p>From Spark 4 on a task asks for its part of a GPU, so that none is trained on meanwhile.
   * Spark 3.5 knows parts only as a setting for all stages ({@code
   * spark.task.resource.gpu.amount}); without it tasks ask for nothing there, and find the GPUs
   * that their executor was given.
   *
   * @param share whether all tasks of an executor use its GPUs at a time; else each has one to
   *     itself
   */
  public static <T> JavaRDD<T> detecting(JavaRDD<T> rdd, boolean share) {
    SparkContext spark = rdd.context();
    SparkConf conf = spark.getConf();
    if (!available(conf) || !share) {
      return onGpu(rdd);
    }
    int version = Integer.parseInt(spark.version().substring(0, spark.version().indexOf('.')));
    if (conf.contains(TASK_AMOUNT) || version < PARTS_SINCE) {
      return rdd;
    }
    // The driver is among the executors that Spark lists.
    int executors = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    int tasks = spark.defaultParallelism() / executors / TaskCores.of(conf);
    return rdd.withResources(profile(TaskCores.of(conf), part(tasks, amount(conf))));
  }

  /** Returns the part of a GPU that each of an executor's tasks has. */
  static double part(int tasks, int gpus) {
    return 1.0 / Math.max(1, (tasks + gpus - 1) / gpus);
  }

  /**
   * Returns one profile for all equal requests: Spark refuses a stage of two that are only equal.
   */
  static ResourceProfile profile(int cores, double gpus) {
    return PROFILES.get(
        new TaskNeeds(cores, gpus),
        task ->
            // No demands on executors: those that run now are used, and none is started.
            new ResourceProfileBuilder()
                .require(
                    new TaskResourceRequests()
                        .cpus(task.cores())
                        .resource(GpuAssignment.RESOURCE, task.gpus()))
                .build());
  }
}
