package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.files.Omissions;
import org.fairspark.files.TreeRoot;
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
  private long plainFiles;
  private long archiveFiles;
  private Omissions leftFiles = Omissions.NONE;
  private Omissions leftMembers = Omissions.NONE;

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
    List<FolderRows.Folder> level = List.of(FolderRows.Folder.ROOT);
    for (int depth = 0; !level.isEmpty(); depth++) {
      TreeRoot.requireDepth(depth, root, level.get(0).name());
      FolderRows task = new FolderRows(hadoop, root, assignment, attempts, listed);
      Dataset<Row> rows =
          keep(context.parallelize(level, slices(level.size())).flatMap(task::list));
      level =
          rows.where(col(ScoresTable.KIND).equalTo(ScoreItem.FOLDER))
              .select(ScoresTable.NAME_BELOW_ROOT, ScoresTable.MESSAGE)
              .toJavaRDD()
              .map(FolderRows.Folder::of)
              .collect();
    }
    Dataset<Row> files =
        union(kept).where(not(col(ScoresTable.KIND).isin(ScoreItem.FOLDER, ScoreItem.LEFT_OUT)));
    Dataset<Row> plain = files.where(col(ScoresTable.KIND).equalTo(ArchiveKind.FILE.name()));
    Dataset<Row> archives = files.where(col(ScoresTable.KIND).notEqual(ArchiveKind.FILE.name()));
    long count = archives.count();
    leftFiles = leftOut(kept);
    archiveFiles = count;
    plainFiles = plain.count();
    if (count == 0) {
      return plain;
    }
    MemberRows task = new MemberRows(hadoop, assignment, attempts, listed);
    JavaRDD<Row> members =
        withPrevious(archives)
            .toJavaRDD()
            .repartition(slices(count))
            .map(ScoreItem::of)
            .flatMap(task::list);
    Dataset<Row> listedMembers = keep(members);
    leftMembers = leftOut(List.of(listedMembers));
    return plain.union(listedMembers.where(col(ScoresTable.KIND).notEqual(ScoreItem.LEFT_OUT)));
  }

  /**
   * Returns the account of the files that {@link #run} met.
   *
   * @param images images in all, in files and archives
   */
  ArchiveAccount account(long images) {
    return new ArchiveAccount(
        plainFiles, archiveFiles, leftFiles, images - plainFiles, leftMembers);
  }

  /** Sums up what tasks left out; each folder and archive has at most one row of it. */
  private static Omissions leftOut(List<Dataset<Row>> tables) {
    return union(tables)
        .where(col(ScoresTable.KIND).equalTo(ScoreItem.LEFT_OUT))
        .select(ScoresTable.MESSAGE)
        .toJavaRDD()
        .map(row -> LeftOutRow.omissions(row.getString(0)))
        .fold(Omissions.NONE, Omissions::plus);
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
}
