package org.fairspark.store.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.fairspark.failure.FairException;
import org.fairspark.store.JsonFile;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;

/**
 * {@code scores/}: one flat folder of Parquet files in which every image has one row, its newest,
 * for readers that know nothing of this program; and {@code _fair_manifest.json}, which lists the
 * files that count.
 *
 * <h2>A commit</h2>
 *
 * Images that are scored for the first time come in new files; nothing else is touched, so that a
 * night costs what is new. Images that are scored again lie in older files: those files are written
 * anew, with the new rows in place of the old, and all others stay. In order:
 *
 * <ol>
 *   <li>Spark writes the new files: aside on HDFS and disks, in {@code scores/} itself on an object
 *       store, whose committer shows them at the end of its job (a rename there would copy)
 *   <li>the lock is looked at; who lost it stops here
 *   <li>on HDFS and disks the new files are renamed into {@code scores/}
 *   <li>the manifest is replaced in one step: this is the commit
 *   <li>files that it does not list are removed
 * </ol>
 *
 * A run that is killed anywhere leaves files that the manifest does not list: {@link #recover}
 * removes them, be they old or new, and the folder is as before the commit or as after it.
 *
 * <h2>What a reader sees</h2>
 *
 * Between commits, every image once. During a commit of new images, each of them once, file by
 * file. During a commit that scores images again, from step 3 (object stores: the end of step 1) to
 * the end of step 5, these images at their old and their new row; that is some renames and
 * deletions, or lasts until the next run where the process is killed just there. Column {@code
 * batch} then tells the newer row. A reader that opens a file just removed fails and opens the
 * folder again. {@link #rows} reads the manifest's files alone and never sees this.
 *
 * <h2>Why not a table format</h2>
 *
 * Iceberg and Delta Lake would close that gap, for readers that have their library: neither Spark
 * SQL, DuckDB nor pandas has it built in, and who opens such a folder as plain Parquet also reads
 * the rows that were superseded, until they are vacuumed. Iceberg without a catalog service needs
 * an atomic rename, which S3 lacks. Either brings some 30 to 50 MB of jars of one Spark version.
 * Both would stand in place of the two hundred lines of this class.
 */
public final class ScoresStore {
  /** Name of the file in {@code scores/} that holds an image's row; not a column of the table. */
  public static final String HOME = "_home";

  private static final String RUN_ENDING = ".json";
  private static final ScoreRunJson RUN_JSON = new ScoreRunJson();
  private static final String OLD_BATCH = ScoresTable.BATCH + "=";
  private static final String OLD_COMMITS = "_commits";

  /** Files of rows that are read one after the other: each is a few requests. */
  private static final int MAX_FILES_ON_DRIVER = 256;

  /** About the bytes of a file that holds rows of several older ones. */
  private static final long FILE_BYTES = 128L << 20;

  private final OutputRoot root;
  private final FileSystem fs;
  private final Path folder;
  private final Path runs;
  private final Path work;
  private final Path kept;
  private final JsonFile manifestFile;

  public ScoresStore(OutputRoot root) {
    this.root = root;
    this.fs = root.fileSystem();
    this.folder = root.path(ScoresTable.NAME);
    this.runs = new Path(folder, "_runs");
    this.work = new Path(folder, "_work");
    this.kept = new Path(folder, "_kept");
    this.manifestFile =
        new JsonFile(
            root,
            new Path(folder, TableManifest.FILE),
            "remove the folder scores/ and score again; or restore the file");
  }

  /**
   * The manifest of the table: only the files that it lists count.
   *
   * @param commits so far
   * @param committed when the last was made, ISO 8601 in UTC
   * @param files size in bytes of each data file, by name
   * @param details of the last commit, plain values
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Manifest(
      int format,
      int commits,
      String committed,
      SortedMap<String, Long> files,
      Map<String, Object> details) {
    static final int FORMAT = 2;

    static Manifest empty() {
      return new Manifest(FORMAT, 0, "", new TreeMap<>(), Map.of());
    }
  }

  private Optional<Manifest> manifest() {
    Optional<Manifest> manifest = manifestFile.read(Manifest.class);
    manifest
        .filter(m -> m.format() != Manifest.FORMAT)
        .ifPresent(
            m -> {
              throw FairException.refused(
                  "scores/ has format %d, this program knows %d"
                      .formatted(m.format(), Manifest.FORMAT),
                  folder.toString(),
                  "give another output.root, or use the program that wrote it");
            });
    return manifest;
  }

  /** Returns how many commits were made. */
  public int commits() {
    return manifest()
        .map(Manifest::commits)
        .orElseGet(() -> oldBatches().stream().reduce(0, Math::max));
  }

  /**
   * Makes the folder fit for a run: removes what a killed one left, and brings rows that an earlier
   * version wrote, in folders {@code batch=N} with every row that an image ever had, into today's
   * layout.
   *
   * @throws IOException if files cannot be listed, written or removed
   */
  public void recover(SparkSession spark, OutputLock lock) throws IOException {
    lock.requireHeld();
    root.repair(folder);
    fs.delete(work, true);
    fs.delete(kept, true);
    SortedSet<Integer> old = oldBatches();
    if (manifest().isEmpty() && !old.isEmpty()) {
      DataFiles files = DataFiles.in(fs, folder).where(name -> name.startsWith(OLD_BATCH));
      int parts = (int) Math.max(1, files.totalBytes() / FILE_BYTES);
      replace(old.last(), newest(oldRows(spark, old)), parts, Set.of(), lock, Map.of());
    }
    removeStrangers(manifest().orElseGet(Manifest::empty));
  }

  private void removeStrangers(Manifest manifest) throws IOException {
    DataFiles.in(fs, folder).without(new DataFiles(manifest.files())).delete(fs, folder);
    for (String name : names(folder)) {
      if (name.startsWith(OLD_BATCH) || name.equals(OLD_COMMITS)) {
        fs.delete(new Path(folder, name), true);
      }
    }
  }

  /**
   * Commits the rows of images that were scored.
   *
   * @param fresh rows of {@link ScoresTable#schema}, their batch {@link #commits} + 1, and {@link
   *     #HOME}: of images that have a row already the name of the file it was in when the run was
   *     planned, null of others
   * @param files into how many files they are written, where they renew no large ones
   * @param lock of the output root
   * @param details for the manifest, plain values
   * @throws FairException if another run has taken the lock; nothing is committed then
   */
  public void commit(Dataset<Row> fresh, int files, OutputLock lock, Map<String, Object> details)
      throws IOException {
    SparkSession spark = fresh.sparkSession();
    TableSettings.apply(spark);
    // Looked at twice, computed once: each row cost a pass through the network.
    fresh.persist(StorageLevel.DISK_ONLY());
    try {
      if (fresh.isEmpty()) {
        return;
      }
      DataFiles superseded = superseded(fresh);
      Dataset<Row> rows = fresh.drop(HOME);
      if (superseded.count() > 0) {
        String[] paths =
            superseded.bytes().keySet().stream()
                .map(name -> new Path(folder, name).toString())
                .toArray(String[]::new);
        rows = newest(rows.unionByName(spark.read().schema(ScoresTable.schema()).parquet(paths)));
      }
      int parts = (int) Math.max(files, superseded.totalBytes() / FILE_BYTES);
      replace(commits() + 1, rows, parts, superseded.bytes().keySet(), lock, details);
    } finally {
      fresh.unpersist();
    }
  }

  /**
   * Commits rows as {@link #commit} does, where there is at least one and all are of images that
   * have none: they are looked at once.
   */
  public void commitNew(Dataset<Row> fresh, int files, OutputLock lock, Map<String, Object> details)
      throws IOException {
    TableSettings.apply(fresh.sparkSession());
    replace(commits() + 1, fresh.drop(HOME), files, Set.of(), lock, details);
  }

  /** Returns the files in which these images' older rows lie now. */
  private DataFiles superseded(Dataset<Row> fresh) throws IOException {
    DataFiles listed = new DataFiles(manifest().orElseGet(Manifest::empty).files());
    Set<String> homes = strings(fresh.select(HOME).distinct());
    if (!listed.bytes().keySet().containsAll(homes)) {
      // An earlier commit of this run renewed other rows of such a file and wrote it anew.
      homes =
          strings(
              known(fresh.sparkSession())
                  .select(ScoresTable.PATH, HOME)
                  .join(
                      fresh.where(col(HOME).isNotNull()).select(ScoresTable.PATH),
                      new String[] {ScoresTable.PATH},
                      "left_semi")
                  .select(HOME)
                  .distinct());
    }
    return listed.where(homes::contains);
  }

  private static Set<String> strings(Dataset<Row> column) {
    Set<String> values = new TreeSet<>();
    for (Row row : column.where(column.col(HOME).isNotNull()).collectAsList()) {
      values.add(row.getString(0));
    }
    return values;
  }

  private void replace(
      int number,
      Dataset<Row> rows,
      int files,
      Set<String> superseded,
      OutputLock lock,
      Map<String, Object> details)
      throws IOException {
    lock.requireHeld();
    boolean inPlace = root.isObjectStore();
    Path written = inPlace ? folder : new Path(work, UUID.randomUUID().toString());
    DataFiles there = DataFiles.in(fs, written);
    rows.repartition(files)
        .sortWithinPartitions(col(ScoresTable.CATEGORY), col(ScoresTable.PATH))
        .write()
        .mode(SaveMode.Append)
        .option("compression", "zstd")
        .option("parquet.block.size", String.valueOf(TableSpec.ROW_GROUP_BYTES))
        .option("parquet.page.size.row.check.min", "4")
        .option("parquet.page.size.row.check.max", "64")
        .option("parquet.enable.dictionary#" + ScoresTable.MAP, "false")
        .parquet(written.toString());
    DataFiles added = DataFiles.in(fs, written).without(there);
    requireOneWriter(added);
    Manifest before = manifest().orElseGet(Manifest::empty);
    DataFiles now =
        new DataFiles(before.files()).where(file -> !superseded.contains(file)).plus(added);
    lock.requireHeld();
    if (!inPlace) {
      for (String file : added.bytes().keySet()) {
        root.rename(new Path(written, file), new Path(folder, file));
      }
      fs.delete(work, true);
    }
    Manifest after =
        new Manifest(Manifest.FORMAT, number, Instant.now().toString(), now.bytes(), details);
    manifestFile.write(after);
    removeStrangers(after);
  }

  /**
   * Makes sure that all new files are this commit's: a run that lost the lock and does not know yet
   * may have written into the folder. Spark gives the files of a job one identifier.
   */
  private void requireOneWriter(DataFiles added) {
    long jobs =
        added.bytes().keySet().stream()
            .map(name -> name.replaceFirst("^part-\\d+-([0-9a-f-]{36}).*", "$1"))
            .distinct()
            .count();
    if (jobs != 1) {
      throw FairException.refused(
          "files of %d writers came into scores/ during one commit, which counts for nothing"
              .formatted(jobs),
          folder.toString(),
          "make sure that only one run uses this output.root, then run this command again");
    }
  }

  /** Returns the row of every image, its newest. Select columns: maps are large. */
  public Dataset<Row> rows(SparkSession spark) throws IOException {
    return known(spark).drop(HOME);
  }

  /** Returns the row of every image and, as {@link #HOME}, the name of the file that it lies in. */
  public Dataset<Row> known(SparkSession spark) throws IOException {
    TableSettings.apply(spark);
    Optional<Manifest> manifest = manifest();
    SortedSet<Integer> old = oldBatches();
    if (manifest.isEmpty() && !old.isEmpty()) {
      return newest(oldRows(spark, old)).withColumn(HOME, lit(null).cast(DataTypes.StringType));
    }
    DataFiles files = new DataFiles(manifest.orElseGet(Manifest::empty).files());
    if (files.count() == 0) {
      return spark.createDataFrame(
          List.<Row>of(), ScoresTable.schema().add(HOME, DataTypes.StringType, true));
    }
    DataFiles found = DataFiles.in(fs, folder);
    requireWhole(files, found);
    return spark
        .read()
        .schema(ScoresTable.schema())
        .parquet(files.toRead(folder, found))
        .withColumn(HOME, col("_metadata.file_name"));
  }

  private void requireWhole(DataFiles files, DataFiles found) {
    files
        .firstDamaged(found)
        .ifPresent(
            name -> {
              throw FairException.failed(
                  "scores/ cannot be trusted: a file that its manifest lists is missing or was"
                      + " changed",
                  new Path(folder, name).toString(),
                  "restore the file; or remove the folder scores/ and score again");
            });
  }

  /**
   * Reads the row of every image on the driver, without a Spark job.
   *
   * @param columns of texts and numbers; {@link #HOME} comes with them
   * @param most rows
   * @return nothing where there are more rows, many files, or files of an earlier version
   */
  public Optional<List<Row>> readOnDriver(List<String> columns, int most) throws IOException {
    Optional<Manifest> manifest = manifest();
    DataFiles files = new DataFiles(manifest.orElseGet(Manifest::empty).files());
    if (files.count() > MAX_FILES_ON_DRIVER || (manifest.isEmpty() && !oldBatches().isEmpty())) {
      return Optional.empty();
    }
    requireWhole(files, DataFiles.in(fs, folder));
    List<Row> rows = new ArrayList<>();
    FlatRows reader = new FlatRows(fs.getConf(), ScoresTable.schema(), columns, HOME);
    for (String name : files.bytes().keySet()) {
      if (!reader.read(new Path(folder, name), name, most, rows)) {
        return Optional.empty();
      }
    }
    return Optional.of(rows);
  }

  /** Returns of several rows of an image the one of the highest batch. */
  private static Dataset<Row> newest(Dataset<Row> rows) {
    String age = "_age";
    Column byAge =
        row_number()
            .over(Window.partitionBy(ScoresTable.PATH).orderBy(col(ScoresTable.BATCH).desc()));
    return rows.withColumn(age, byAge).where(col(age).equalTo(1)).drop(age);
  }

  private SortedSet<Integer> oldBatches() {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String name : names(new Path(folder, OLD_COMMITS))) {
      if (name.matches("\\d+\\.json")) {
        numbers.add(Integer.parseInt(name.substring(0, name.indexOf('.'))));
      }
    }
    return numbers;
  }

  private Dataset<Row> oldRows(SparkSession spark, SortedSet<Integer> batches) {
    TableSettings.apply(spark);
    StructType schema = ScoresTable.schema();
    String[] paths =
        batches.stream()
            .map(
                n ->
                    new Path(folder, String.format(Locale.ROOT, "%s%06d", OLD_BATCH, n)).toString())
            .toArray(String[]::new);
    return spark
        .read()
        .schema(schema)
        .option("basePath", folder.toString())
        .parquet(paths)
        .select(List.of(schema.fieldNames()).stream().map(n -> col(n)).toArray(Column[]::new));
  }

  private List<String> names(Path of) {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fs.listStatus(of)) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot list " + of, e);
    }
    return names;
  }

  /**
   * Writes rows aside and returns them as read from there: they no longer depend on files of this
   * table, which commits remove. {@link #discardKept} removes them.
   */
  public Dataset<Row> keep(Dataset<Row> rows) throws IOException {
    fs.delete(kept, true);
    rows.write().parquet(kept.toString());
    return rows.sparkSession().read().schema(rows.schema()).parquet(kept.toString());
  }

  /** Removes what {@link #keep} wrote. */
  public void discardKept() throws IOException {
    fs.delete(kept, true);
  }

  /** Returns whether anything was scored here, or began to be. */
  public boolean exists() {
    return !names(runs).isEmpty();
  }

  /** Writes down how a run stands. */
  public void writeRun(ScoreRunRecord record) throws IOException {
    runFile(record.run() + RUN_ENDING).write(RUN_JSON.tree(record));
  }

  /** Reads the newest run's record, if there is one. */
  public Optional<ScoreRunRecord> newestRun() {
    return names(runs).stream()
        .filter(name -> name.endsWith(RUN_ENDING) && !name.startsWith("_"))
        .max(String::compareTo)
        .flatMap(name -> runFile(name).read())
        .map(RUN_JSON::record);
  }

  private JsonFile runFile(String name) {
    return new JsonFile(root, new Path(runs, name), "remove the file and run score again");
  }
}
