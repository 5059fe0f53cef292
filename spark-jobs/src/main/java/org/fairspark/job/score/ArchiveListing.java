package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ArchiveReader;
import org.fairspark.archive.ImageItem;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.FolderEntries;
import org.fairspark.files.PathNames;
import org.fairspark.files.RetryPolicy;
import org.fairspark.files.RetryingIterator;
import org.fairspark.files.TreeRoot;
import org.fairspark.files.WholeFileReader;
import org.fairspark.store.table.ScoresTable;

/**
 * A listing of an archive on the executors, level by level of its folders, and the members of its
 * tar, zip and sequence files. Names never come to the driver, but for those of folders; listed
 * rows lie on the executors' disks, so that nothing grows with their number.
 */
final class ArchiveListing implements AutoCloseable {
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final String root;
  private final Assignment assignment;
  private final int attempts;
  private final LongAccumulator listed;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  /** The assignment of a category, and of what it is scored with, to an image by its path alone. */
  record Assignment(CategoryRule rule, Map<String, String> fingerprints, String without)
      implements Serializable {
    ScoreItem of(ImageItem image) {
      Optional<String> category = rule.of(image.name());
      return ScoreItem.found(
          image, category.orElse(null), category.map(fingerprints::get).orElse(without));
    }
  }

  ArchiveListing(
      SparkSession spark,
      String root,
      Assignment assignment,
      int attempts,
      LongAccumulator listed) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.root = root;
    this.assignment = assignment;
    this.attempts = attempts;
    this.listed = listed;
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /** Lists the images as rows of {@link ScoreItem#schema}, which stay until this is closed. */
  Dataset<Row> run() {
    List<String> level = List.of("");
    for (int depth = 0; !level.isEmpty(); depth++) {
      TreeRoot.requireDepth(depth, root, level.get(0));
      Folders task = new Folders(hadoop, root, assignment, attempts, listed);
      Dataset<Row> rows =
          keep(context.parallelize(level, slices(level.size())).flatMap(task::list));
      level =
          rows.where(col(ScoresTable.KIND).equalTo(ScoreItem.FOLDER))
              .select(ScoresTable.NAME_BELOW_ROOT)
              .as(Encoders.STRING())
              .collectAsList();
    }
    Dataset<Row> files = union(kept).where(col(ScoresTable.KIND).notEqual(ScoreItem.FOLDER));
    Dataset<Row> plain = files.where(col(ScoresTable.KIND).equalTo(ArchiveKind.FILE.name()));
    Dataset<Row> archives = files.where(col(ScoresTable.KIND).notEqual(ArchiveKind.FILE.name()));
    long count = archives.count();
    if (count == 0) {
      return plain;
    }
    Members task = new Members(hadoop, assignment, attempts, listed);
    JavaRDD<Row> members =
        withPrevious(archives)
            .toJavaRDD()
            .repartition(slices(count))
            .map(ScoreItem::of)
            .flatMap(task::list);
    return plain.union(keep(members));
  }

  /** Adds the column that {@link ScoreItem#of} needs, empty. */
  private static Dataset<Row> withPrevious(Dataset<Row> rows) {
    return rows.withColumn(ScoreItem.PREVIOUS, ScoreItem.Previous.none());
  }

  private int slices(long parts) {
    return (int) Math.max(1, Math.min(parts, (long) TASKS_PER_CORE * context.defaultParallelism()));
  }

  private Dataset<Row> keep(JavaRDD<Row> rows) {
    Dataset<Row> table =
        spark.createDataFrame(rows, ScoreItem.schema()).persist(StorageLevel.DISK_ONLY());
    kept.add(table);
    return table;
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  @Override
  public void close() {
    kept.forEach(Dataset::unpersist);
    hadoop.destroy();
  }

  /** A function that lists single folders. */
  private record Folders(
      Broadcast<SerializableConfiguration> hadoop,
      String root,
      Assignment assignment,
      int attempts,
      LongAccumulator listed)
      implements Serializable {

    Iterator<Row> list(String folder) {
      Iterator<FolderEntries.Entry> entries =
          new RetryingIterator<>(
              () -> FolderEntries.open(hadoop.value().value(), root, folder),
              RetryPolicy.of(attempts));
      return new Mapped<>(entries, this::row, PathNames.join(root, folder));
    }

    /** Returns a row, or null for a file that holds no images. */
    private Row row(FolderEntries.Entry entry) {
      ArchiveKind kind = ArchiveKind.of(PathNames.last(entry.name())).orElse(null);
      if (entry.omission() != null || (!entry.folder() && kind == null)) {
        return null;
      }
      ImageItem item =
          ImageItem.of(
              entry.folder() ? ArchiveKind.FILE : kind,
              root,
              entry.name(),
              entry.length(),
              entry.modificationTime());
      if (entry.folder()) {
        return ScoreItem.folder(item);
      }
      if (kind == ArchiveKind.FILE) {
        listed.add(1);
      }
      return assignment.of(item).toRow();
    }
  }

  /** A function that lists single archives. */
  private record Members(
      Broadcast<SerializableConfiguration> hadoop,
      Assignment assignment,
      int attempts,
      LongAccumulator listed)
      implements Serializable {

    Iterator<Row> list(ScoreItem archive) {
      ArchiveReader reader = new ArchiveReader(hadoop.value().value());
      Iterator<ImageItem> images =
          new RetryingIterator<>(() -> reader.list(archive.image()), RetryPolicy.of(attempts));
      return new Mapped<>(
          new UntilBroken(archive, images, reader), this::row, archive.image().path());
    }

    private Row row(ScoreItem item) {
      listed.add(1);
      return (item.reason() == null ? assignment.of(item.image()) : item).toRow();
    }
  }

  /** Returns an archive's images, and one more item if the archive is broken, with the reason. */
  private static final class UntilBroken extends AbstractIterator<ScoreItem> {
    private final ScoreItem archive;
    private final Iterator<ImageItem> images;
    private final ArchiveReader reader;
    private boolean broken;

    UntilBroken(ScoreItem archive, Iterator<ImageItem> images, ArchiveReader reader) {
      this.archive = archive;
      this.images = images;
      this.reader = reader;
    }

    @Override
    protected ScoreItem computeNext() {
      try {
        return broken || !images.hasNext() ? null : ScoreItem.found(images.next(), "", "");
      } catch (UnreadableFileException e) {
        broken = true;
        return ScoreItem.bad(
            archive.image(), archive.category(), archive.fingerprint(), e.reason(), e.getMessage());
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /**
   * An iterator that maps one item at a time, leaves out nulls, and names what could not be listed.
   */
  private static final class Mapped<T> extends AbstractIterator<Row> {
    private final Iterator<T> items;
    private final Function<T, Row> mapping;
    private final String where;

    Mapped(Iterator<T> items, Function<T, Row> mapping, String where) {
      this.items = items;
      this.mapping = mapping;
      this.where = where;
    }

    @Override
    protected Row computeNext() {
      try {
        while (items.hasNext()) {
          Row row = mapping.apply(items.next());
          if (row != null) {
            return row;
          }
        }
        return null;
      } catch (UncheckedIOException e) {
        throw WholeFileReader.failure(where, e.getCause());
      }
    }
  }
}
