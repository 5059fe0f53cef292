package org.fairspark.store.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputRoot;

/** A finished table: whole, with a manifest, and of the size that the manifest says. */
public final class Table {
  private final Path path;
  private final TableManifest manifest;

  private Table(Path path, TableManifest manifest) {
    this.path = path;
    this.manifest = manifest;
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
                    "make it first: fair prepare makes images/ and samples/, evaluate the others;"
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
    Table table = new Table(path, manifest);
    table.requireFiles(root.fileSystem(), spec);
    return Optional.of(table);
  }

  private static boolean exists(FileSystem fs, Path path) {
    try {
      return fs.exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + path, e);
    }
  }

  private void requireFiles(FileSystem fs, TableSpec spec) {
    DataFiles found = DataFiles.in(fs, path);
    if (found.count() != manifest.files() || found.bytes() != manifest.bytes()) {
      throw damaged(
          spec,
          path,
          "it has %d files of %d bytes, its manifest says %d of %d"
              .formatted(found.count(), found.bytes(), manifest.files(), manifest.bytes()),
          null);
    }
  }

  /** The data files of a table's folder. */
  record DataFiles(long count, long bytes) {
    static DataFiles in(FileSystem fs, Path path) {
      long count = 0;
      long bytes = 0;
      try {
        RemoteIterator<LocatedFileStatus> files = fs.listFiles(path, true);
        while (files.hasNext()) {
          LocatedFileStatus file = files.next();
          if (file.getPath().getName().endsWith(".parquet")) {
            count++;
            bytes += file.getLen();
          }
        }
      } catch (FileNotFoundException e) {
        throw new UncheckedIOException("the table was removed meanwhile: " + path, e);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + path, e);
      }
      return new DataFiles(count, bytes);
    }
  }

  private static FairException damaged(TableSpec spec, Path path, String problem, Throwable cause) {
    return FairException.failed(
        spec.name() + "/ cannot be trusted: " + problem,
        path.toString(),
        "remove the folder and run the job that makes it again",
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
    return spark
        .read()
        .schema(schema())
        // Without it a flipped bit is another pixel.
        .option("parquet.page.verify-checksum.enabled", "true")
        .parquet(path.toString());
  }
}
