package org.fairspark.spark.device;

import org.apache.spark.SparkConf;

/** The cores that Spark gives a task ({@code spark.task.cpus}). */
public final class TaskCores {
  private TaskCores() {}

  /** Returns their number, at least one. */
  public static int of(SparkConf conf) {
    return Math.max(1, conf.getInt("spark.task.cpus", 1));
  }
}
