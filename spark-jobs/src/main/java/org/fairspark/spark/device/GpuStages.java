package org.fairspark.spark.device;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.fairspark.cache.ProcessCache;

/**
 * Stage-level scheduling: only what trains or restores holds a GPU, while decoding, filtering and
 * metrics run on the CPU beside it.
 *
 * <p>The executors have GPUs ({@code spark.executor.resource.gpu.amount}), the tasks of ordinary
 * stages ask for none, and a stage that goes through {@link #onGpu} asks for one per task.
 */
public final class GpuStages {
  private static final String AMOUNT = "spark.executor.resource.gpu.amount";

  /** Profiles of this driver: Spark knows a profile by its identity. */
  private static final ProcessCache<TaskNeeds, ResourceProfile> PROFILES = ProcessCache.ofAll();

  /**
   * The resources of a task beside its GPU.
   *
   * @param cores as {@code spark.task.cpus} gives them
   */
  private record TaskNeeds(int cores) {}

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
    return available(conf) ? rdd.withResources(profile(TaskCores.of(conf))) : rdd;
  }

  /**
   * Returns one profile for all equal requests: Spark refuses a stage of two that are only equal.
   */
  static ResourceProfile profile(int cores) {
    return PROFILES.get(
        new TaskNeeds(cores),
        task ->
            // No demands on executors: those that run now are used, and none is started.
            new ResourceProfileBuilder()
                .require(
                    new TaskResourceRequests()
                        .cpus(task.cores())
                        .resource(GpuAssignment.RESOURCE, 1))
                .build());
  }
}
