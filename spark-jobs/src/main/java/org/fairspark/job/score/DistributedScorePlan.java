package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.ScoreConfig;
import org.fairspark.config.ScoreConfig.Changes;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.MappedIterator;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/** A plan of any number of images: listing and remainder lie on the executors' disks. */
final class DistributedScorePlan implements ScorePlan {
  private static final String SHUFFLE = "spark.sql.shuffle.partitions";

  /** Listed images that a task joins: two hundred tasks for a hundred images take a minute. */
  private static final long ROWS_PER_TASK = 100_000;

  private final ScoresStore store;
  private final ArchiveListing archive;
  private final Dataset<Row> listing;
  private final Dataset<Row> todo;
  private final String root;
  private final Optional<TableListing> table;
  private final Counted listed;
  private final Counted open;
  private final int commitImages;
  private final boolean isDryRun;

  private DistributedScorePlan(
      ScoresStore store,
      ArchiveListing archive,
      Dataset<Row> listing,
      Dataset<Row> todo,
      String root,
      Optional<TableListing> table,
      int commitImages,
      boolean isDryRun) {
    this.store = store;
    this.archive = archive;
    this.listing = listing;
    this.todo = todo;
    this.root = root;
    this.table = table;
    this.listed = Counted.of(listing);
    this.open = Counted.of(todo);
    this.commitImages = commitImages;
    this.isDryRun = isDryRun;
  }

  /** Lists the images and compares them with earlier results; nothing is written. */
  static DistributedScorePlan make(
      JobContext context,
      ScoresStore store,
      ListingAssignment assignment,
      String root,
      Optional<TableListing> table,
      LongAccumulator listed)
      throws IOException {
    SparkSession spark = context.spark();
    ScoreConfig score = context.config().score();
    ArchiveListing archive =
        new ArchiveListing(spark, root, assignment, table, score.readAttempts(), listed);
    try {
      Dataset<Row> listing = archive.run();
      if (!spark.sparkContext().conf().contains(SHUFFLE)) {
        long tasks = (listing.count() + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        long least = spark.sparkContext().defaultParallelism();
        spark.conf().set(SHUFFLE, Math.max(least, Math.min(10_000, tasks)));
      }
      Dataset<Row> todo = todo(listing, store.known(spark), score.changes());
      boolean replaces = !todo.where(col(ScoreItem.PREVIOUS).isNotNull()).isEmpty();
      if (replaces && !context.dryRun()) {
        // Commits remove the files that these rows came from; an executor may be lost later.
        todo = store.keep(todo);
      }
      return new DistributedScorePlan(
          store,
          archive,
          listing,
          todo.persist(StorageLevel.DISK_ONLY()),
          root,
          table,
          score.commitImages(),
          context.dryRun());
    } catch (RuntimeException | IOException e) {
      archive.close();
      throw e;
    }
  }

  /** Returns the images to read, each with the row that it has. */
  private static Dataset<Row> todo(Dataset<Row> listing, Dataset<Row> known, Changes changes) {
    Dataset<Row> all =
        listing.join(
            known.select(col(ScoresTable.PATH), ScoreItem.Previous.column()),
            new String[] {ScoresTable.PATH},
            "left");
    if (changes == Changes.CONTENT) {
      return all;
    }
    Column isSame = lit(true);
    for (String column :
        new String[] {ScoresTable.LENGTH, ScoresTable.VERSION, ScoresTable.FINGERPRINT}) {
      isSame = isSame.and(listing.col(column).equalTo(col(ScoreItem.PREVIOUS + "." + column)));
    }
    return all.where(col(ScoreItem.PREVIOUS).isNull().or(not(isSame)));
  }

  @Override
  public Counted listed() {
    return listed;
  }

  @Override
  public ArchiveAccount account() {
    return archive.account(listed);
  }

  @Override
  public long doubles() {
    return archive.account(listed).archives() == 0
        ? 0
        : listing.where(col(ScoresTable.MEMBER).rlike("#[0-9]+$")).count();
  }

  @Override
  public Optional<TableListing> table() {
    return table;
  }

  @Override
  public Counted open() {
    return open;
  }

  private Dataset<Row> paths() {
    return listing.select(ScoresTable.PATH);
  }

  @Override
  public long removed() throws IOException {
    return removedPaths().count();
  }

  private Dataset<Row> removedPaths() throws IOException {
    if (table.isPresent()) {
      return paths().limit(0);
    }
    return store
        .rows(listing.sparkSession())
        .select(ScoresTable.PATH)
        .where(col(ScoresTable.PATH).startsWith(root + "/"))
        .join(paths(), new String[] {ScoresTable.PATH}, "left_anti");
  }

  /** Returns the images; one part of about a batch's size comes to the driver at a time. */
  @Override
  public Iterator<ScoreItem> items() {
    int parts =
        (int) Math.max(1, Math.min(1 << 20, (open.rows() + commitImages - 1) / commitImages));
    Iterator<Row> rows =
        todo.repartitionByRange(parts, col(ScoresTable.CATEGORY), col(ScoresTable.PATH))
            .sortWithinPartitions(
                col(ScoresTable.CATEGORY), col(ScoresTable.PATH), col(ScoresTable.POSITION))
            .toLocalIterator();
    return new MappedIterator<>(rows, ScoreItem::of);
  }

  @Override
  public ScoreSums sums(String run, int top) throws IOException {
    Dataset<Row> rows = store.rows(listing.sparkSession());
    return new DistributedScoreSums(rows, paths(), removedPaths(), run, top);
  }

  @Override
  public void close() throws IOException {
    todo.unpersist();
    if (!isDryRun) {
      store.discardKept();
    }
    archive.close();
  }
}
