package org.fairspark.store.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.fairspark.store.OutputRoot;

/**
 * {@code scores/} as batches and commits. A batch is written aside, renamed to {@code batch=N}, and
 * counts from when {@code _commits/N.json} is there; one without is thrown away by the next run.
 */
public final class ScoresBatches {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String BATCH = ScoresTable.BATCH + "=";
  private static final String ENDING = ".json";

  private final OutputRoot root;
  private final FileSystem fs;
  private final Path folder;
  private final Path commits;
  private final Path runs;
  private final Path work;

  public ScoresBatches(OutputRoot root) {
    this.root = root;
    this.fs = root.fileSystem();
    this.folder = root.path(ScoresTable.NAME);
    this.commits = new Path(folder, "_commits");
    this.runs = new Path(folder, "_runs");
    this.work = new Path(folder, "_work");
  }

  /** Removes what a killed run left unfinished. */
  public void recover() throws IOException {
    fs.delete(work, true);
    SortedSet<Integer> committed = committed();
    for (String name : names(folder)) {
      if (name.startsWith(BATCH)
          && !committed.contains(Integer.parseInt(name.substring(BATCH.length())))) {
        fs.delete(new Path(folder, name), true);
      }
    }
  }

  /** Returns the numbers of the batches that count. */
  public SortedSet<Integer> committed() throws IOException {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String name : names(commits)) {
      if (name.matches("\\d+\\.json")) {
        numbers.add(Integer.parseInt(name.substring(0, name.length() - ENDING.length())));
      }
    }
    return numbers;
  }

  private List<String> names(Path of) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fs.listStatus(of)) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names;
  }

  /** Returns the place to write a batch to before it counts. */
  public Path newWork() {
    return new Path(work, UUID.randomUUID().toString());
  }

  /** Makes what was written aside count as a batch. */
  public void commit(int number, Path written, Map<String, Object> details) throws IOException {
    Path place = new Path(folder, "%s%06d".formatted(BATCH, number));
    if (!fs.rename(written, place)) {
      throw new IOException("cannot rename " + written + " to " + place);
    }
    root.writeText(commitFile(number), JSON.writeValueAsString(details) + "\n");
  }

  private Path commitFile(int number) {
    return new Path(commits, "%06d%s".formatted(number, ENDING));
  }

  /** Returns all rows that count, with their batch. */
  public Dataset<Row> rows(SparkSession spark) throws IOException {
    TableSettings.apply(spark);
    var schema = ScoresTable.schema().add(ScoresTable.BATCH, DataTypes.IntegerType, false);
    String[] paths =
        committed().stream()
            .map(n -> new Path(folder, "%s%06d".formatted(BATCH, n)).toString())
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark.read().schema(schema).option("basePath", folder.toString()).parquet(paths);
  }

  /** Tells whether a run has begun to score here. */
  public boolean exists() throws IOException {
    return !names(runs).isEmpty();
  }

  /** Writes down how a run stands. */
  public void writeRun(ScoreRunRecord record) throws IOException {
    Path file = new Path(runs, record.run() + ENDING);
    fs.delete(file, false);
    root.writeText(file, JSON.writeValueAsString(new ScoreRunJson(JSON).tree(record)) + "\n");
  }

  /** Reads the newest run's record, if there is one. */
  public Optional<ScoreRunRecord> newestRun() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    names(runs).stream().filter(name -> name.endsWith(ENDING)).forEach(names::add);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String text = root.readText(new Path(runs, names.last()));
    return Optional.of(new ScoreRunJson(JSON).record(JSON.readTree(text)));
  }
}
