package org.fairspark.job.device;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Stage-level scheduling: only what trains or restores holds a GPU, while decoding, filtering and
 * metrics run on the CPU beside it.
 *
 * <p>The executors have GPUs ({@code spark.executor.resource.gpu.amount}), the tasks of ordinary
 * stages ask for none, and a stage that goes through {@link #onGpu} asks for one a task.
 */
public final class GpuStages {
  private static final String AMOUNT = "spark.executor.resource.gpu.amount";

  private GpuStages() {}

  /** Whether the executors have GPUs. */
  public static boolean available(SparkConf conf) {
    return conf.getLong(AMOUNT, 0) > 0 && !conf.get("spark.master", "").startsWith("local");
  }

  /**
   * Gives every task of the stage that computes this RDD one GPU; the RDD itself where executors
   * have none.
   *
   * @param cores of such a task; others stay free for ordinary tasks
   */
  public static <T> JavaRDD<T> onGpu(JavaRDD<T> rdd, int cores) {
    if (!available(rdd.context().getConf())) {
      return rdd;
    }
    return rdd.withResources(profile(cores));
  }

  static ResourceProfile profile(int cores) {
    // Nothing of executors: those that run now are used, and none is started for it.
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(cores).resource(GpuAssignment.RESOURCE, 1))
        .build();
  }
}
