package org.fairspark.store.table;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;

/**
 * A writer of tables, whole or not at all. What a killed run left behind is never taken for a
 * table.
 *
 * <p>On HDFS and disks a table is written into a staging folder and renamed into place, its
 * manifest last: a folder of that name holds all files or none. On an object store, where a rename
 * copies every byte, the files are written in their place under names that no other write uses, in
 * a folder that is marked as unfinished; they are a table from when the manifest lists them. Who
 * reads such a folder without looking at the manifest sees files of an unfinished table from the
 * end of Spark's job, whose committer shows them, to the manifest, which follows at once.
 */
public final class TableWriter {
  private static final String STAGING = "_fair_staging";

  /** Marks a folder as ours while its manifest is missing, so that it may be removed. */
  private static final String UNFINISHED = "_fair_unfinished";

  /** Files whose footers are read one after the other: a Spark job takes as long. */
  private static final int FOOTERS_ON_DRIVER = 256;

  private final OutputRoot root;
  private final OutputLock lock;
  private final Map<String, String> versions;
  private final int footersOnDriver;

  /**
   * Makes a writer for a root that this run holds.
   *
   * @param versions of this program and what it was built with, for the manifests
   */
  public TableWriter(OutputRoot root, OutputLock lock, Map<String, String> versions) {
    this(root, lock, versions, FOOTERS_ON_DRIVER);
  }

  TableWriter(OutputRoot root, OutputLock lock, Map<String, String> versions, int footersOnDriver) {
    this.root = root;
    this.lock = lock;
    this.footersOnDriver = footersOnDriver;
    this.versions = Map.copyOf(versions);
    lock.requireHeld();
  }

  /**
   * Looks whether there is anything to do.
   *
   * @return the table, if it is there with this provenance; nothing, if it is to be written
   * @throws FairException if the place is taken: by a table of another provenance (the message
   *     tells what differs), or by a folder that this program did not write
   */
  public static Optional<Table> existing(OutputRoot root, TableSpec spec, Provenance wanted) {
    Optional<Table> table = found(root, spec);
    table.ifPresent(t -> requireSame(spec, root.path(spec.name()), t.manifest(), wanted));
    return table;
  }

  /** Returns a table of any provenance, if there is a whole one. */
  private static Optional<Table> found(OutputRoot root, TableSpec spec) {
    Path path = root.path(spec.name());
    if (isUnfinished(root, path)) {
      return Optional.empty();
    }
    try {
      return Table.find(root, spec);
    } catch (FairException e) {
      if (e.status() == ExitStatus.FAILED && isForeign(root, path)) {
        throw occupied(spec, path);
      }
      throw e;
    }
  }

  /**
   * Returns what differs between a table that is there and the wanted one, a line each: {@code
   * image.size: there 256, now 128}; nothing if they are the same, or none is there.
   *
   * @throws FairException if the place is taken by a folder that this program did not write
   */
  public static List<String> differences(OutputRoot root, TableSpec spec, Provenance wanted) {
    return found(root, spec)
        .map(table -> Provenance.of(table.manifest().provenance()).differences(wanted))
        .orElse(List.of());
  }

  private static FairException occupied(TableSpec spec, Path path) {
    return FairException.refused(
        "the place of the table " + spec.name() + "/ is taken by a folder of something else",
        path.toString(),
        "give another output.root, or move that folder away");
  }

  private static void requireSame(
      TableSpec spec, Path path, TableManifest manifest, Provenance wanted) {
    if (manifest.fingerprint().equals(wanted.fingerprint())) {
      return;
    }
    List<String> differences = Provenance.of(manifest.provenance()).differences(wanted);
    throw FairException.refused(
        "output.root holds %s/ of another configuration or other data: %s"
            .formatted(spec.name(), String.join("; ", differences)),
        path.toString(),
        "give another output.root; or go back to those settings; or remove that folder and all that"
            + " was made from it");
  }

  private static boolean isUnfinished(OutputRoot root, Path path) {
    return root.readText(new Path(path, UNFINISHED)) != null
        && root.readText(new Path(path, TableManifest.FILE)) == null;
  }

  private static boolean isForeign(OutputRoot root, Path path) {
    return root.readText(new Path(path, TableManifest.FILE)) == null;
  }

  /** Rows that are written but not yet a table. */
  public final class Staged {
    private final TableSpec spec;
    private final Path folder;
    private final StructType schema;
    private final SparkSession spark;
    private final DataFiles before;

    private Staged(
        TableSpec spec, Path folder, DataFiles before, StructType schema, SparkSession spark) {
      this.spec = spec;
      this.folder = folder;
      this.before = before;
      this.schema = schema;
      this.spark = spark;
    }

    /**
     * Makes it the table. A table that is there with the same provenance is replaced.
     *
     * @param details what else the manifest shall tell, plain values
     * @throws FairException if the place is taken, see {@link #existing}
     */
    public Table commit(Provenance provenance, Map<String, Object> details) throws IOException {
      return commit(provenance, details, () -> existing(root, spec, provenance).isPresent());
    }

    /**
     * Makes it the table, in place of one of any provenance: for what is made again from other
     * tables and models at any time.
     *
     * @param details what else the manifest shall tell, plain values
     * @throws FairException if the place is taken by a folder that this program did not write
     */
    public Table replace(Provenance provenance, Map<String, Object> details) throws IOException {
      return commit(provenance, details, () -> found(root, spec).isPresent());
    }

    private Table commit(
        Provenance provenance, Map<String, Object> details, BooleanSupplier isThere)
        throws IOException {
      lock.requireHeld();
      FileSystem fs = root.fileSystem();
      Path place = root.path(spec.name());
      DataFiles files = DataFiles.in(fs, folder).without(before);
      List<TableManifest.PartitionCount> counts = counts(files);
      TableManifest manifest =
          new TableManifest(
              spec.name(),
              spec.schemaVersion(),
              provenance.fingerprint(),
              provenance.values(),
              counts.stream().mapToLong(TableManifest.PartitionCount::rows).sum(),
              counts,
              files.count(),
              files.totalBytes(),
              files.bytes(),
              schema.json(),
              Instant.now().toString(),
              new TreeMap<>(versions),
              details);
      boolean replaces;
      try {
        replaces = isThere.getAsBoolean();
      } catch (FairException e) {
        discard();
        throw e;
      }
      lock.requireHeld();
      if (!folder.equals(place)) {
        moveTo(place, replaces);
      }
      root.writeText(new Path(place, TableManifest.FILE), manifest.toJson());
      if (before.count() > 0) {
        DataFiles.in(fs, place).without(files).delete(fs, place);
      }
      fs.delete(new Path(place, UNFINISHED), false);
      return Table.open(root, spec);
    }

    private void moveTo(Path place, boolean replaces) throws IOException {
      FileSystem fs = root.fileSystem();
      if (fs.exists(place)) {
        Path old = staging(spec.name() + "-old");
        if (replaces) {
          root.rename(place, old);
        }
        fs.delete(replaces ? old : place, true);
      }
      root.rename(folder, place);
    }

    /** Counts rows by partition, from the files' footers: no image is read again. */
    private List<TableManifest.PartitionCount> counts(DataFiles files) throws IOException {
      if (files.count() == 0) {
        return List.of();
      }
      return files.count() <= footersOnDriver
          ? PartitionCounts.here(root.fileSystem().getConf(), folder, files)
          : PartitionCounts.bySpark(
              spark.read().schema(schema).option("basePath", folder.toString()),
              files.toRead(folder, DataFiles.in(root.fileSystem(), folder)),
              spec.partitionBy());
    }

    /** Throws the rows away. */
    public void discard() throws IOException {
      FileSystem fs = root.fileSystem();
      if (isForeign(root, folder)) {
        fs.delete(folder, true);
      } else {
        DataFiles.in(fs, folder).without(before).delete(fs, folder);
      }
    }
  }

  /**
   * Writes rows that are not yet a table. Runs the Spark job.
   *
   * @param rows columns in the schema's order; their nullability and metadata are kept
   * @throws FairException if their place is taken by a folder of something else
   */
  public Staged stage(TableSpec spec, Dataset<Row> rows) throws IOException {
    lock.requireHeld();
    SparkSession spark = rows.sparkSession();
    TableSettings.apply(spark);
    boolean inPlace = root.isObjectStore();
    Path folder = inPlace ? takePlace(spec) : staging(spec.name());
    DataFiles before = DataFiles.in(root.fileSystem(), folder);
    var writer = rows.write().mode(SaveMode.Append).options(spec.writeOptions());
    if (!spec.partitionBy().isEmpty()) {
      writer = writer.partitionBy(spec.partitionBy().toArray(String[]::new));
    }
    writer.parquet(folder.toString());
    if (!inPlace) {
      root.writeText(new Path(folder, UNFINISHED), "{}\n");
    }
    return new Staged(spec, folder, before, rows.schema(), spark);
  }

  /** Marks a table's own folder as unfinished, empty but for the table that may be there. */
  private Path takePlace(TableSpec spec) throws IOException {
    FileSystem fs = root.fileSystem();
    Path place = root.path(spec.name());
    if (isUnfinished(root, place)) {
      fs.delete(place, true);
    } else if (isForeign(root, place) && fs.exists(place)) {
      throw occupied(spec, place);
    }
    root.writeText(new Path(place, UNFINISHED), "{}\n");
    return place;
  }

  /** Removes what killed runs left behind: staged rows, and the mark of a table that is whole. */
  public void clean() throws IOException {
    lock.requireHeld();
    FileSystem fs = root.fileSystem();
    for (FileStatus table : fs.listStatus(root.path())) {
      // Killed between a commit's last two steps: the manifest is what counts.
      Path mark = new Path(table.getPath(), UNFINISHED);
      if (table.isDirectory()
          && fs.exists(mark)
          && fs.exists(new Path(table.getPath(), TableManifest.FILE))) {
        removeStrangers(table.getPath());
        fs.delete(mark, false);
      }
    }
    Path staging = root.path(STAGING);
    if (!fs.exists(staging)) {
      return;
    }
    for (FileStatus run : fs.listStatus(staging)) {
      if (!run.getPath().getName().equals(lock.token()) || isEmpty(fs, run.getPath())) {
        fs.delete(run.getPath(), true);
      }
    }
    if (isEmpty(fs, staging)) {
      fs.delete(staging, false);
    }
  }

  /** Removes files that a manifest does not list: an older table's, which this one replaced. */
  private void removeStrangers(Path table) throws IOException {
    TableManifest manifest =
        TableManifest.fromJson(root.readText(new Path(table, TableManifest.FILE)));
    if (!manifest.dataFiles().isEmpty()) {
      FileSystem fs = root.fileSystem();
      DataFiles.in(fs, table).without(new DataFiles(manifest.dataFiles())).delete(fs, table);
    }
  }

  private static boolean isEmpty(FileSystem fs, Path folder) throws IOException {
    return fs.listStatus(folder).length == 0;
  }

  private Path staging(String name) {
    return new Path(root.path(STAGING + "/" + lock.token()), name + "-" + UUID.randomUUID());
  }
}
