package org.fairspark.store.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputRoot;

/** A finished table: whole, with a manifest, and of the size that the manifest says. */
public final class Table {
  /** Rows that are read in this process. */
  private static final int ROWS_ON_DRIVER = 50_000;

  /** Files that are read one after the other. */
  private static final int FILES_ON_DRIVER = 256;

  private final Path path;
  private final TableManifest manifest;
  private final String[] toRead;

  private Table(Path path, TableManifest manifest, String[] toRead) {
    this.path = path;
    this.manifest = manifest;
    this.toRead = toRead;
  }

  /**
   * Opens a table.
   *
   * @throws FairException if there is none, it is not whole, or its columns have another meaning
   *     than this program knows
   */
  public static Table open(OutputRoot root, TableSpec spec) {
    return find(root, spec)
        .orElseThrow(
            () ->
                FairException.refused(
                    "there is no table " + spec.name() + "/",
                    root.path(spec.name()).toString(),
                    "make it first: prepare makes images/ and samples/, evaluate the others;"
                        + " or check output.root"));
  }

  /**
   * Returns the table, or nothing if its folder is not there.
   *
   * @throws FairException if the folder is there and is no whole table
   */
  public static Optional<Table> find(OutputRoot root, TableSpec spec) {
    Path path = root.path(spec.name());
    String text = root.readText(new Path(path, TableManifest.FILE));
    if (text == null) {
      if (!exists(root.fileSystem(), path)) {
        return Optional.empty();
      }
      throw damaged(spec, path, "it has no manifest: the run that wrote it did not finish", null);
    }
    TableManifest manifest;
    try {
      manifest = TableManifest.fromJson(text);
    } catch (JsonProcessingException e) {
      throw damaged(spec, path, "its manifest cannot be read", e);
    }
    if (manifest.schemaVersion() != spec.schemaVersion()) {
      throw FairException.refused(
          "%s/ has schema version %d, this program reads %d"
              .formatted(spec.name(), manifest.schemaVersion(), spec.schemaVersion()),
          path.toString(),
          "give another output.root, or remove the folder and prepare again");
    }
    DataFiles found = list(root.fileSystem(), path);
    DataFiles files = requireFiles(spec, path, manifest, found);
    return Optional.of(new Table(path, manifest, files.toRead(path, found)));
  }

  private static boolean exists(FileSystem fs, Path path) {
    try {
      return fs.exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + path, e);
    }
  }

  private static DataFiles list(FileSystem fs, Path path) {
    try {
      return DataFiles.in(fs, path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path, e);
    }
  }

  /** The manifest's files; what else lies there is not the table's. */
  private static DataFiles requireFiles(
      TableSpec spec, Path path, TableManifest manifest, DataFiles found) {
    DataFiles files = manifest.dataFiles().isEmpty() ? found : new DataFiles(manifest.dataFiles());
    if (files.count() != manifest.files()
        || files.totalBytes() != manifest.bytes()
        || files.firstDamaged(found).isPresent()) {
      throw damaged(
          spec,
          path,
          "it has %d files of %d bytes, its manifest says %d of %d%s"
              .formatted(
                  found.count(),
                  found.totalBytes(),
                  manifest.files(),
                  manifest.bytes(),
                  files
                      .firstDamaged(found)
                      .map(name -> "; " + name + " is missing or was changed")
                      .orElse("")),
          null);
    }
    return files;
  }

  private static FairException damaged(TableSpec spec, Path path, String problem, Throwable cause) {
    return FairException.failed(
        spec.name() + "/ cannot be trusted: " + problem,
        path.toString(),
        "remove the folder and run the job that makes it again",
        cause);
  }

  /**
   * Returns the failure to read a data file.
   *
   * @param why in a few words
   */
  public static FairException unreadable(String file, String why, Throwable cause) {
    return FairException.failed(
        "a table cannot be read: " + why,
        file,
        "run the command again; if it fails again the file is damaged: remove the folder of its"
            + " table, and the command that made it makes it again",
        cause);
  }

  public TableManifest manifest() {
    return manifest;
  }

  public Path path() {
    return path;
  }

  /**
   * Returns the columns, with the metadata that tells the shape of tensors; partition columns
   * included.
   */
  public StructType schema() {
    return (StructType) DataType.fromJson(manifest.schema());
  }

  /** Returns all rows. The session's batch size is set to what rows of images need. */
  public Dataset<Row> dataset(SparkSession spark) {
    TableSettings.apply(spark);
    if (Tensors.hasOwnSizes(schema(), ImagesTable.PIXELS)
        || Tensors.hasOwnSizes(schema(), MapsTable.MAP)) {
      TableSettings.applyForLargeRows(spark);
    }
    return spark
        .read()
        .schema(schema())
        // Without it a flipped bit is another pixel.
        .option("parquet.page.verify-checksum.enabled", "true")
        .option("basePath", path.toString())
        .parquet(toRead);
  }

  /**
   * Returns columns of the rows of some partitions, in no order. A few ten thousand are read in
   * this process, as a Spark job takes longer; more by one.
   *
   * @param partitions of each partition column that is looked at the wanted values
   * @param columns of texts, integers or floats
   */
  public List<Row> rows(
      SparkSession spark, Map<String, Set<String>> partitions, List<String> columns) {
    return rows(spark, partitions, columns, ROWS_ON_DRIVER);
  }

  List<Row> rows(
      SparkSession spark, Map<String, Set<String>> partitions, List<String> columns, int most) {
    List<String> files =
        manifest.dataFiles().keySet().stream()
            .filter(file -> isIn(PartitionPath.values(file), partitions))
            .toList();
    long count =
        manifest.counts().stream()
            .filter(part -> isIn(part.values(), partitions))
            .mapToLong(TableManifest.PartitionCount::rows)
            .sum();
    if (manifest.dataFiles().isEmpty() || files.size() > FILES_ON_DRIVER || count > most) {
      return bySpark(spark, partitions, columns);
    }
    FlatRows reader =
        new FlatRows(
            spark.sparkContext().hadoopConfiguration(), schema(), columns, ScoresStore.HOME);
    List<Row> rows = new ArrayList<>();
    for (String file : files) {
      reader.read(new Path(path, file), file, Integer.MAX_VALUE, rows);
    }
    return rows;
  }

  private List<Row> bySpark(
      SparkSession spark, Map<String, Set<String>> partitions, List<String> columns) {
    Dataset<Row> wanted = dataset(spark);
    for (Map.Entry<String, Set<String>> partition : partitions.entrySet()) {
      wanted = wanted.where(functions.col(partition.getKey()).isin(partition.getValue().toArray()));
    }
    return wanted
        .select(columns.stream().map(functions::col).toArray(Column[]::new))
        .collectAsList();
  }

  private static boolean isIn(Map<String, String> values, Map<String, Set<String>> partitions) {
    return partitions.entrySet().stream()
        .allMatch(
            wanted ->
                values.get(wanted.getKey()) != null
                    && wanted.getValue().contains(values.get(wanted.getKey())));
  }
}
