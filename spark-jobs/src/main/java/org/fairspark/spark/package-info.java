/**
 * Spark itself: its session, the shape of its cluster, the memory of its executors, its metrics and
 * log lines, and in {@link org.fairspark.spark.SparkCompat} the calls that differ between its
 * versions and those of Scala.
 *
 * <p>A call that is no part of Spark's Java API belongs into {@code SparkCompat}, and nowhere else.
 * A job's memory is one more method of {@link org.fairspark.spark.MemoryPlan}, asked by the job's
 * plan.
 *
 * <p>Must not know any command, nor the output root.
 */
package org.fairspark.spark;
