package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fairspark.LocalSpark;
import org.fairspark.cluster.FaultyFileSystem;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresStoreTest {
  private static final StructType SCHEMA =
      ScoresTable.schema().add(ScoresStore.HOME, DataTypes.StringType, true);

  @TempDir Path folder;
  private final SparkSession spark = LocalSpark.session();

  private OutputRoot root(Map<String, String> faults) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FaultyFileSystem.configure(hadoop, faults);
    return OutputRoot.of(hadoop, "faulty://" + folder.resolve("out"));
  }

  private static Row row(String path, String decision, int batch, String home) {
    Timestamp time = new Timestamp(1_700_000_000_000L);
    return new RowBuilder(SCHEMA)
        .set(ScoresTable.PATH, path)
        .set(ScoresTable.NAME_BELOW_ROOT, path)
        .set(ScoresTable.CATEGORY, "weave")
        .set(ScoresTable.DECISION, decision)
        .set(ScoresTable.RUN, "run")
        .set(ScoresTable.SCORED_AT, time)
        .set(ScoresTable.LENGTH, 1L)
        .set(ScoresTable.MODIFICATION_TIME, time)
        .set(ScoresTable.VERSION, "1")
        .set(ScoresTable.FINGERPRINT, "f")
        .set(ScoresTable.KIND, "FILE")
        .set(ScoresTable.FILE, path)
        .set(ScoresTable.MEMBER, "")
        .set(ScoresTable.POSITION, 0L)
        .set(ScoresTable.SKIP, 0)
        .set(ScoresTable.BATCH, batch)
        .set(ScoresStore.HOME, home)
        .build();
  }

  /** Scores images as one commit. */
  private void score(OutputRoot root, String decision, String... paths) throws IOException {
    try (OutputLock lock = OutputLock.acquire(root, "score", "app")) {
      ScoresStore store = new ScoresStore(root);
      store.recover(spark, lock);
      commit(store, lock, decision, paths);
    }
  }

  private void commit(ScoresStore store, OutputLock lock, String decision, String... paths)
      throws IOException {
    Map<String, String> homes = new TreeMap<>();
    store
        .known(spark)
        .select(ScoresTable.PATH, ScoresStore.HOME)
        .collectAsList()
        .forEach(row -> homes.put(row.getString(0), row.getString(1)));
    List<Row> rows = new ArrayList<>();
    for (String path : paths) {
      rows.add(row(path, decision, store.commits() + 1, homes.get(path)));
    }
    store.commit(spark.createDataFrame(rows, SCHEMA), 1, lock, Map.of());
  }

  private static List<String> strings(List<Row> rows) {
    return rows.stream()
        .map(row -> row.getAs(ScoresTable.PATH) + " " + row.getAs(ScoresTable.DECISION))
        .sorted()
        .toList();
  }

  /** The rows as this program reads them. */
  private List<String> ours() throws IOException {
    return strings(new ScoresStore(root(Map.of())).rows(spark).collectAsList());
  }

  /** The rows that a program sees which only knows Parquet. */
  private List<String> plain() {
    return strings(
        spark.sql("SELECT * FROM parquet.`" + folder.resolve("out/scores") + "`").collectAsList());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out/scores"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aPlainReaderSeesEveryImageOnceAtItsNewest(String objects) throws IOException {
    Map<String, String> store = Map.of("objects", objects);
    score(root(store), "normal", "a", "b");
    score(root(store), "normal", "c");
    List<String> before = files();
    score(root(store), "normal", "d");
    assertThat(files()).as("new images touch no older file").containsAll(before).hasSize(3);
    score(root(store), "suspicious", "b", "d", "e");
    assertThat(plain())
        .containsExactly("a normal", "b suspicious", "c normal", "d suspicious", "e suspicious");
    assertThat(ours()).isEqualTo(plain());
    assertThat(files()).as("files without a superseded row stay").containsAnyElementsOf(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aKillAtAnyPointIsMended(String objects) throws IOException {
    List<String> before = List.of("a normal", "b normal");
    List<String> after = List.of("a normal", "b suspicious", "c suspicious");
    score(root(Map.of("objects", objects)), "normal", "a", "b");
    boolean ended = false;
    for (int changes = 2; !ended; changes += 2) {
      OutputRoot dying = root(Map.of("objects", objects, "changes", String.valueOf(changes)));
      try {
        score(dying, "suspicious", "b", "c");
        ended = true;
      } catch (Exception e) {
        assertThat(e).hasStackTraceContaining("the process was killed");
      }
      List<String> left = ours();
      assertThat(left).as("after %d changes", changes).isIn(before, after);
      OutputRoot next = root(Map.of("objects", objects));
      forgetLock();
      try (OutputLock lock = OutputLock.acquire(next, "score", "next")) {
        new ScoresStore(next).recover(spark, lock);
      }
      assertThat(plain()).as("after %d changes and the next run", changes).isEqualTo(left);
      assertThat(folder.resolve("out/scores/_work")).doesNotExist();
    }
    assertThat(plain()).isEqualTo(after);
  }

  @Test
  void oneFilesRowsAreRenewedBySeveralCommitsOfOnePlan() throws IOException {
    OutputRoot root = root(Map.of());
    score(root, "normal", "a", "b", "c");
    try (OutputLock lock = OutputLock.acquire(root, "score", "app")) {
      ScoresStore store = new ScoresStore(root);
      String home = files().get(0);
      for (String path : List.of("a", "c", "b")) {
        List<Row> rows = List.of(row(path, "suspicious", store.commits() + 1, home));
        store.commit(spark.createDataFrame(rows, SCHEMA), 1, lock, Map.of());
      }
    }
    assertThat(plain()).containsExactly("a suspicious", "b suspicious", "c suspicious");
    assertThat(ours()).isEqualTo(plain());
    assertThat(files()).hasSize(1);
  }

  private void forgetLock() throws IOException {
    for (String name : List.of("_fair_lock.json", "_fair_lock.beat")) {
      Files.deleteIfExists(folder.resolve("out").resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aRunThatLostItsLockCommitsNothing(String objects) throws IOException {
    OutputRoot root = root(Map.of("objects", objects));
    score(root, "normal", "a", "b");
    try (OutputLock lock = OutputLock.acquire(root, "score", "app")) {
      ScoresStore store = new ScoresStore(root);
      Files.writeString(
          folder.resolve("out/_fair_lock.json"),
          Files.readString(folder.resolve("out/_fair_lock.json"))
              .replace(lock.token(), "another-token"));
      assertThatThrownBy(() -> commit(store, lock, "suspicious", "a", "c"))
          .isInstanceOf(FairException.class)
          .hasMessageContaining("this run's lock was taken by another");
    }
    assertThat(ours()).containsExactly("a normal", "b normal");
    assertThat(plain()).containsExactly("a normal", "b normal");
  }

  @Test
  void rowsOfEarlierVersionsAreBroughtIntoTodaysLayout() throws IOException {
    Path scores = folder.resolve("out/scores");
    List<Row> rows =
        List.of(
            row("a", "normal", 1, null),
            row("b", "normal", 1, null),
            row("b", "suspicious", 2, null),
            row("x", "normal", 3, null));
    spark
        .createDataFrame(rows, SCHEMA)
        .drop(ScoresStore.HOME, ScoresTable.PREVIOUS_DECISION)
        .write()
        .partitionBy(ScoresTable.BATCH)
        .mode(SaveMode.Overwrite)
        .parquet(scores.toString());
    for (int batch = 1; batch <= 3; batch++) {
      Files.move(scores.resolve("batch=" + batch), scores.resolve("batch=%06d".formatted(batch)));
    }
    Files.createDirectories(scores.resolve("_commits"));
    // The third was not committed.
    Files.writeString(scores.resolve("_commits/000001.json"), "{}");
    Files.writeString(scores.resolve("_commits/000002.json"), "{}");
    List<String> newest = List.of("a normal", "b suspicious");
    assertThat(ours()).as("as they lie").isEqualTo(newest);

    OutputRoot root = root(Map.of());
    try (OutputLock lock = OutputLock.acquire(root, "score", "app")) {
      ScoresStore store = new ScoresStore(root);
      store.recover(spark, lock);
      assertThat(store.commits()).isEqualTo(2);
    }
    assertThat(plain()).isEqualTo(newest);
    assertThat(scores.resolve("batch=000001")).doesNotExist();
    assertThat(scores.resolve("_commits")).doesNotExist();
    score(root(Map.of()), "suspicious", "a");
    assertThat(plain()).containsExactly("a suspicious", "b suspicious");
  }

  @Test
  void aDamagedFolderIsToldWithWhatToDo() throws IOException {
    score(root(Map.of()), "normal", "a", "b");
    Files.delete(folder.resolve("out/scores").resolve(files().get(0)));
    assertThatThrownBy(this::ours)
        .isInstanceOf(FairException.class)
        .hasMessageContaining("scores/ cannot be trusted")
        .hasMessageContaining("what to do: restore the file");
  }
}
