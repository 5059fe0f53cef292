package org.fairspark.cluster;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A job that tries what a cluster must give: tasks on executors, and a Parquet table written to and
 * read from the file system of the path given.
 */
public final class ClusterProbe {
  static final int ROWS = 1000;

  private ClusterProbe() {}

  /** Argument: the table to write; it must not exist. */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("probe").getOrCreate()) {
      Dataset<Row> table =
          spark
              .range(0, ROWS, 1, 4)
              .map(
                  (org.apache.spark.api.java.function.MapFunction<Long, Long>) id -> id * id,
                  Encoders.LONG())
              .toDF("square")
              .withColumn("kind", functions.expr("square % 2"));
      table.write().partitionBy("kind").parquet(args[0]);
      Row sum =
          spark.read().parquet(args[0]).agg(functions.count("*"), functions.sum("square")).first();
      List<String> executors =
          spark
              .range(0, 4, 1, 4)
              .map(
                  (org.apache.spark.api.java.function.MapFunction<Long, String>)
                      id -> SparkEnv.get().executorId(),
                  Encoders.STRING())
              .distinct()
              .sort("value")
              .collectAsList();
      System.out.printf(
          "PROBE rows=%d sum=%d executors=%s%n", sum.getLong(0), sum.getLong(1), executors);
    }
  }
}
