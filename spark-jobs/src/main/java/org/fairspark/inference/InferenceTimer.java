package org.fairspark.inference;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * A timer of detection in the tasks. The first batch of a task, which also warms things up, and one
 * that is not full count only where there is no other.
 */
public record InferenceTimer(
    LongAccumulator nanos, LongAccumulator images, LongAccumulator coldNanos, LongAccumulator cold)
    implements Serializable {

  public static InferenceTimer of(SparkContext spark) {
    return new InferenceTimer(
        spark.longAccumulator(),
        spark.longAccumulator(),
        spark.longAccumulator(),
        spark.longAccumulator());
  }

  public void add(long took, int count, boolean warm) {
    (warm ? nanos : coldNanos).add(took);
    (warm ? images : cold).add(count);
  }

  /** Returns the rate of one task; 0 where nothing was measured. */
  public double imagesPerSecond() {
    boolean warm = images.value() > 0;
    double seconds = (warm ? nanos.value() : coldNanos.value()) / 1e9;
    return seconds > 0 ? (warm ? images.value() : cold.value()) / seconds : 0;
  }
}
