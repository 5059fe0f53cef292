package org.fairspark.spark;

import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.MDC;

/**
 * The subject of log lines: the mapped diagnostic context of this thread and of the Spark tasks
 * that it starts. Layouts show it as {@code %X{mdc.stage}}, {@code %X{mdc.category}} and {@code
 * %X{mdc.image}}.
 */
public final class LogContext {
  /** Spark hands local properties of this prefix to tasks. */
  private static final String PREFIX = "mdc.";

  public static final String STAGE = PREFIX + "stage";
  public static final String CATEGORY = PREFIX + "category";
  static final String IMAGE = PREFIX + "image";

  private LogContext() {}

  /** Does a piece of work under a value, here and in its tasks; afterwards all is as before. */
  public static <T> T within(SparkContext spark, String key, String value, Callable<T> work)
      throws Exception {
    String before = spark.getLocalProperty(key);
    set(spark, key, value);
    try {
      return work.call();
    } finally {
      set(spark, key, before);
    }
  }

  private static void set(SparkContext spark, String key, String value) {
    spark.setLocalProperty(key, value);
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  /** Sets the image that the task works on from now on, until it ends. */
  public static void image(String category, String imageId) {
    TaskContext task = TaskContext.get();
    if (task != null && MDC.get(IMAGE) == null) {
      // The thread's next task has another image, or none.
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> {
                MDC.remove(CATEGORY);
                MDC.remove(IMAGE);
              });
    }
    MDC.put(CATEGORY, category);
    MDC.put(IMAGE, imageId);
  }
}
