package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final ListingAssignment assignment;
  private final Optional<TableListing> table;
  private final int attempts;
  private final LongAccumulator listed;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final List<Dataset<Row>> kept = new ArrayList<>();
  private ListingCounts met = ListingCounts.NOTHING;
  private Omissions leftMembers = Omissions.NONE;

  ArchiveListing(
      SparkSession spark,
      String root,
      ListingAssignment assignment,
      Optional<TableListing> table,
      int attempts,
      LongAccumulator listed) {
    this.table = table;
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
    if (table.isPresent()) {
      keep(entries(table.get().files(assignment)));
    } else {
      listFolders();
    }
    Dataset<Row> files =
        union(kept).where(not(col(ScoresTable.KIND).isin(ScoreItem.FOLDER, ScoreItem.LEFT_OUT)));
    Dataset<Row> plain = files.where(col(ScoresTable.KIND).equalTo(ArchiveKind.FILE.name()));
    Dataset<Row> archives = files.where(col(ScoresTable.KIND).notEqual(ArchiveKind.FILE.name()));
    met = count(kept);
    if (met.archives() == 0) {
      return plain;
    }
    MemberRows task =
        new MemberRows(
            ListingSource.of(hadoop), assignment, TableListing.members(table), attempts, counter());
    JavaRDD<Row> members =
        withPrevious(archives)
            .toJavaRDD()
            .repartition(slices(met.archives()))
            .map(ScoreItem::of)
            .flatMap(archive -> ListedEntry.rows(task.list(archive)));
    Dataset<Row> listedMembers = keep(members);
    leftMembers = count(List.of(listedMembers)).left();
    Dataset<Row> all =
        plain.union(listedMembers.where(col(ScoresTable.KIND).notEqual(ScoreItem.LEFT_OUT)));
    return table.isPresent() ? all.union(absentMembers(listedMembers)) : all;
  }

  /** Returns rows of files that the table names and that the archives do not hold. */
  private Dataset<Row> absentMembers(Dataset<Row> listedMembers) {
    Set<String> found = new HashSet<>();
    listedMembers
        .select(ScoresTable.PATH)
        .collectAsList()
        .forEach(row -> found.add(row.getString(0)));
    return keep(entries(table.orElseThrow().absentMembers(found, assignment)));
  }

  private JavaRDD<Row> entries(List<ListedEntry> entries) {
    List<Row> rows = entries.stream().map(ListedEntry::toRow).toList();
    return context.parallelize(rows, slices(rows.size()));
  }

  private void listFolders() {
    List<FolderRows.Folder> level = List.of(FolderRows.Folder.ROOT);
    for (int depth = 0; !level.isEmpty(); depth++) {
      TreeRoot.requireDepth(depth, root, level.get(0).name());
      FolderRows task =
          new FolderRows(ListingSource.of(hadoop), root, assignment, attempts, counter());
      Dataset<Row> rows =
          keep(
              context
                  .parallelize(level, slices(level.size()))
                  .flatMap(folder -> ListedEntry.rows(task.list(folder))));
      level =
          rows.where(col(ScoresTable.KIND).equalTo(ScoreItem.FOLDER))
              .select(ScoresTable.NAME_BELOW_ROOT, ScoresTable.MESSAGE)
              .toJavaRDD()
              .map(row -> FolderRows.Folder.of(row.getString(0), row.getString(1)))
              .collect();
    }
  }

  /**
   * Returns the account of the files that {@link #run} met.
   *
   * @param listed the rows that it returned
   */
  ArchiveAccount account(ScorePlan.Counted listed) {
    return met.account(listed, leftMembers);
  }

  /** Counts in one pass over some tables. */
  private static ListingCounts count(List<Dataset<Row>> tables) {
    return union(tables)
        .select(ScoresTable.KIND, ScoresTable.MESSAGE)
        .toJavaRDD()
        .aggregate(
            ListingCounts.NOTHING,
            (counts, row) -> counts.plus(row.getString(0), row.getString(1)),
            ListingCounts::plus);
  }

  private ListingCounter counter() {
    LongAccumulator images = listed;
    return images::add;
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
