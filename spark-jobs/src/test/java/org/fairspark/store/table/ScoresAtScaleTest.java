package org.fairspark.store.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.sha2;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.fairspark.LocalSpark;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows, commit by commit: what the driver keeps does not grow with them. By hand with more of
 * them, {@code -Dfair.scores.rows=10000000}.
 */
class ScoresAtScaleTest {
  private static final long ROWS = Long.getLong("fair.scores.rows", 100_000);
  private static final int COMMITS = (int) Math.max(4, ROWS / 100_000);
  private static final long PER_COMMIT = ROWS / COMMITS;

  /** Bytes that the driver may keep more after all commits: a row takes a kilobyte on the heap. */
  private static final long MAX_GROWTH = 48L << 20;

  @TempDir Path folder;
  private final SparkSession spark = LocalSpark.session();

  /** Rows of images with numbers from first on, made where they are needed. */
  private Dataset<Row> rows(long first, long step, long count, String decision, int batch) {
    Timestamp time = new Timestamp(1_700_000_000_000L);
    Column path =
        concat(
            lit("file:/archive/line 1/weave/"),
            lpad(col("id").cast("string"), 12, "0"),
            lit(".png"));
    Dataset<Row> ids = spark.range(first, first + step * count, step).toDF("id");
    List<Column> columns = new ArrayList<>();
    for (StructField field : ScoresTable.schema().fields()) {
      Column value =
          switch (field.name()) {
            case ScoresTable.PATH, ScoresTable.NAME_BELOW_ROOT, ScoresTable.FILE -> path;
            case ScoresTable.CATEGORY -> lit("weave");
            case ScoresTable.DECISION -> lit(decision);
            case ScoresTable.SCORE -> col("id").divide(ROWS).cast("float");
            case ScoresTable.SHA256, ScoresTable.VERSION -> sha2(path.cast("binary"), 256);
            case ScoresTable.BATCH -> lit(batch);
            case ScoresTable.SCORED_AT, ScoresTable.MODIFICATION_TIME -> lit(time);
            default ->
                field.nullable()
                    ? lit(null)
                    : lit(field.dataType().typeName().equals("string") ? "run" : 1);
          };
      columns.add(value.cast(field.dataType()).as(field.name()));
    }
    return ids.select(columns.toArray(Column[]::new));
  }

  /**
   * Returns the bytes on the heap that nothing frees. Spark frees what was sent to tasks some time
   * after the collector has found it unused, in a thread of its own: asked again until so few are
   * left, or for some seconds.
   */
  private static long live(long enough) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int tries = 0; tries < 20 && least > enough; tries++) {
      least = Math.min(least, collected());
    }
    return least;
  }

  /** Returns these bytes when another collection has freed no more. */
  private static long settled() throws InterruptedException {
    long before = Long.MAX_VALUE;
    long now = collected();
    for (int tries = 0; tries < 20 && before - now > 1 << 20; tries++) {
      before = now;
      now = Math.min(before, collected());
    }
    return now;
  }

  private static long collected() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    Thread.sleep(200);
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void whatTheDriverKeepsDoesNotGrowWithTheRows() throws Exception {
    OutputRoot root =
        OutputRoot.of(spark.sparkContext().hadoopConfiguration(), folder.resolve("out").toString());
    ScoresStore store = new ScoresStore(root);
    long begun = System.nanoTime();
    try (OutputLock lock = OutputLock.acquire(root, "score", "app")) {
      long before = 0;
      for (int commit = 0; commit < COMMITS; commit++) {
        Dataset<Row> fresh =
            rows(commit * PER_COMMIT, 1, PER_COMMIT, "normal", store.commits() + 1)
                .withColumn(ScoresStore.HOME, lit(null).cast(DataTypes.StringType));
        store.commit(fresh, 1, lock, Map.of());
        if (commit == 0) {
          before = settled();
        }
      }
      assertThat(live(before + MAX_GROWTH - 1) - before)
          .as("bytes that are kept")
          .isLessThan(MAX_GROWTH);
      // A thousandth of the images is scored again: some in every file.
      Dataset<Row> again =
          rows(0, 1000, ROWS / 1000, "suspicious", store.commits() + 1)
              .join(
                  store.known(spark).select(ScoresTable.PATH, ScoresStore.HOME),
                  new String[] {ScoresTable.PATH},
                  "left");
      store.commit(again, 1, lock, Map.of());
      assertThat(live(before + MAX_GROWTH - 1) - before)
          .as("bytes that are kept")
          .isLessThan(MAX_GROWTH);
    }
    System.out.printf(
        "%,d rows in %d commits: %.0f s, %,d bytes on disk, heap of %,d bytes%n",
        ROWS,
        store.commits(),
        (System.nanoTime() - begun) / 1e9,
        bytes(),
        Runtime.getRuntime().maxMemory());
    Dataset<Row> plain = spark.read().parquet(folder.resolve("out/scores").toString());
    assertThat(plain.count()).isEqualTo(ROWS);
    assertThat(plain.select(ScoresTable.PATH).distinct().count()).isEqualTo(ROWS);
    assertThat(plain.where("decision = 'suspicious'").count()).isEqualTo(ROWS / 1000);
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out/scores"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
