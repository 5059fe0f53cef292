package org.fairspark.store.table;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The settings of Spark SQL where rows hold images. */
public final class TableSettings {
  private static final String BATCH = "spark.sql.parquet.columnarReaderBatchSize";

  /** Rows of a batch where one may take tens of megabytes. */
  private static final String LARGE_ROWS = "2";

  private static final Map<String, String> SETTINGS =
      Map.of(
          // 4096 rows, the default, would be a gigabyte of pixels in one batch.
          BATCH,
          "64",
          // Tasks write one partition folder after the other; sorting images first would only copy.
          "spark.sql.maxConcurrentOutputFileWriters",
          "16",
          // A bad file is quarantined by us with a reason; a failed read must fail.
          "spark.sql.files.ignoreCorruptFiles",
          "false",
          "spark.sql.files.ignoreMissingFiles",
          "false",
          // The type that other readers know.
          "spark.sql.parquet.outputTimestampType",
          "TIMESTAMP_MICROS",
          "spark.sql.session.timeZone",
          "UTC");

  private TableSettings() {}

  /** Sets them in the session. */
  public static void apply(SparkSession spark) {
    SETTINGS.forEach((key, value) -> spark.conf().set(key, value));
  }

  /** Sets in the session what rows of images at their own size need. */
  static void applyForLargeRows(SparkSession spark) {
    spark.conf().set(BATCH, LARGE_ROWS);
  }
}
