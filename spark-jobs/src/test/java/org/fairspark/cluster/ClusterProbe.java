package org.fairspark.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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

  /** Arguments: the table to write, which must not exist; and a name to rename it to, or none. */
  public static void main(String[] args) throws IOException {
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
          "PROBE rows=%d sum=%d executors=%s committer=%s%n",
          sum.getLong(0), sum.getLong(1), executors, committer(spark, args[0]));
      if (args.length > 1) {
        Path written = new Path(args[0]);
        FileSystem files = written.getFileSystem(spark.sparkContext().hadoopConfiguration());
        System.out.println("RENAMED " + files.rename(written, new Path(args[1])));
      }
    }
  }

  /**
   * Returns the table's committer, which S3A's name in {@code _SUCCESS}; {@code file} for others.
   */
  private static String committer(SparkSession spark, String table) throws IOException {
    // By hand: Spark's own readers pass over names that start so.
    Path mark = new Path(table, "_SUCCESS");
    FileSystem files = mark.getFileSystem(spark.sparkContext().hadoopConfiguration());
    try (InputStream in = files.open(mark)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher name = Pattern.compile("\"committer\"\\s*:\\s*\"(\\w+)\"").matcher(text);
      return name.find() ? name.group(1) : "file";
    }
  }
}
