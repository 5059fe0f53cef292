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
import org.fairspark.files.Omission;
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
  private Met met = Met.NOTHING;
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
    met = Met.in(kept);
    if (met.archives() == 0) {
      return plain;
    }
    MemberRows task = new MemberRows(hadoop, assignment, attempts, listed);
    JavaRDD<Row> members =
        withPrevious(archives)
            .toJavaRDD()
            .repartition(slices(met.archives()))
            .map(ScoreItem::of)
            .flatMap(task::list);
    Dataset<Row> listedMembers = keep(members);
    leftMembers = Met.in(List.of(listedMembers)).left();
    return plain.union(listedMembers.where(col(ScoresTable.KIND).notEqual(ScoreItem.LEFT_OUT)));
  }

  /**
   * Returns the account of the files that {@link #run} met.
   *
   * @param listed the rows that it returned
   */
  ArchiveAccount account(ScorePlan.Counted listed) {
    // A closed folder has a row as a file has, and is told among what is left out.
    long closed = met.left().folders(Omission.NO_ACCESS);
    long broken = listed.unopened() - closed;
    return new ArchiveAccount(
        met.images() - closed,
        met.archives(),
        broken,
        met.left(),
        listed.rows() - met.images() - broken,
        leftMembers);
  }

  /**
   * The files that a listing met.
   *
   * @param images rows of single images
   * @param archives rows of archives
   * @param left the other files; each folder and archive has at most one row of them
   */
  private record Met(long images, long archives, Omissions left) implements Serializable {
    static final Met NOTHING = new Met(0, 0, Omissions.NONE);

    /** Counts in one pass over some tables. */
    static Met in(List<Dataset<Row>> tables) {
      return union(tables)
          .select(ScoresTable.KIND, ScoresTable.MESSAGE)
          .toJavaRDD()
          .aggregate(NOTHING, Met::plus, Met::plus);
    }

    private Met plus(Row row) {
      return switch (row.getString(0)) {
        case ScoreItem.FOLDER -> this;
        case ScoreItem.LEFT_OUT ->
            new Met(images, archives, left.plus(LeftOutRow.omissions(row.getString(1))));
        default ->
            row.getString(0).equals(ArchiveKind.FILE.name())
                ? new Met(images + 1, archives, left)
                : new Met(images, archives + 1, left);
      };
    }

    private Met plus(Met other) {
      return new Met(images + other.images, archives + other.archives, left.plus(other.left));
    }
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
