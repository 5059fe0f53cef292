package org.fairspark.spark.device;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.cache.ProcessCache;

/** A look at the GPUs that Spark gives to tasks, from the driver; once for an application. */
public final class GpuSurvey {
  /** Answers by the application's id: a later look would wait for GPUs that are at work. */
  private static final ProcessCache<String, List<String>> SEEN = ProcessCache.ofAll();

  private GpuSurvey() {}

  /**
   * Returns what there is to say about the GPUs on which PyTorch alone can train; none where
   * executors have no GPUs, or Deeplearning4j can use all of them.
   *
   * @param executors as many as there are
   */
  public static List<String> onlyPytorch(JavaSparkContext spark, int executors) {
    if (!GpuStages.available(spark.getConf())) {
      return List.of();
    }
    return SEEN.get(spark.sc().applicationId(), id -> look(spark, executors));
  }

  private static List<String> look(JavaSparkContext spark, int executors) {
    int tasks = Math.max(1, executors * GpuStages.amount(spark.getConf()));
    return GpuStages.onGpu(spark.parallelize(Collections.nCopies(tasks, 0), tasks))
        .map(task -> TaskDevice.onlyPytorch().orElse(""))
        .filter(line -> !line.isEmpty())
        .distinct()
        .collect()
        .stream()
        .sorted()
        .toList();
  }
}
