package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.fairspark.config.ScoreConfig;
import org.fairspark.config.ScoreConfig.Changes;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/**
 * The images to score: the listing, less those scored already with the same model and settings.
 * Listing and remainder lie on the executors' disks; what a killed run committed is no part of the
 * remainder, so that the same command goes on from there.
 */
final class ScorePlan implements AutoCloseable {
  private static final String SHUFFLE = "spark.sql.shuffle.partitions";

  /** Listed images that a task joins: two hundred tasks for a hundred images take a minute. */
  private static final long ROWS_PER_TASK = 100_000;

  private final ScoresStore store;
  private final ArchiveListing archive;
  private final Dataset<Row> listing;
  private final Dataset<Row> todo;
  private final String root;
  private final Counted listed;
  private final Counted open;
  private final int commitImages;
  private final boolean isDryRun;

  /**
   * Rows of a listing.
   *
   * @param rows all of them
   * @param unopened those of folders and archives that cannot be opened
   */
  record Counted(long rows, long unopened) {
    static Counted of(Dataset<Row> listing) {
      Row counts = listing.agg(count(lit(1)), count(when(ScoreItem.isUnopened(), 1))).first();
      return new Counted(counts.getLong(0), counts.getLong(1));
    }

    long images() {
      return rows - unopened;
    }
  }

  private ScorePlan(
      ScoresStore store,
      ArchiveListing archive,
      Dataset<Row> listing,
      Dataset<Row> todo,
      String root,
      int commitImages,
      boolean isDryRun) {
    this.store = store;
    this.archive = archive;
    this.listing = listing;
    this.todo = todo;
    this.root = root;
    this.listed = Counted.of(listing);
    this.open = Counted.of(todo);
    this.commitImages = commitImages;
    this.isDryRun = isDryRun;
  }

  /** Lists the images and compares them with earlier results; nothing is written. */
  static ScorePlan make(
      JobContext context,
      ScoresStore store,
      Map<String, ScoringModel> models,
      CategoryRule rule,
      String root)
      throws IOException {
    SparkSession spark = context.spark();
    ScoreConfig score = context.config().score();
    Map<String, String> fingerprints = new TreeMap<>();
    models.forEach((category, model) -> fingerprints.put(category, model.fingerprint()));
    // Scored again once there are other models.
    String without = Provenance.of(Map.of("models", models.keySet().toString())).fingerprint();
    var listed = spark.sparkContext().longAccumulator("images listed");
    ArchiveListing archive =
        new ArchiveListing(
            spark,
            root,
            new ArchiveListing.Assignment(rule, fingerprints, without.substring(0, 16)),
            score.readAttempts(),
            listed);
    try (Progress progress = context.progress("list", 0, "images")) {
      progress.follow(listed::value);
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
      return new ScorePlan(
          store,
          archive,
          listing,
          todo.persist(StorageLevel.DISK_ONLY()),
          root,
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

  /** Returns the listing's numbers. */
  Counted listed() {
    return listed;
  }

  /** Returns the account of all files below the root. */
  ArchiveAccount account() {
    return archive.account(listed);
  }

  /** Returns the number of images in archives whose name stands there earlier too. */
  long doubles() {
    return archive.account(listed).archives() == 0
        ? 0
        : listing.where(col(ScoresTable.MEMBER).rlike("#[0-9]+$")).count();
  }

  /** Returns the numbers of what is to score; if compared by content, to read. */
  Counted open() {
    return open;
  }

  /** Returns the number of images that were scored already, just as they would be now. */
  long upToDate() {
    return listed.images() - open.images();
  }

  /** Returns the paths of the listed images. */
  Dataset<Row> paths() {
    return listing.select(ScoresTable.PATH);
  }

  /** Returns the images of this data root that were scored once and are gone. */
  Dataset<Row> removed() throws IOException {
    return store
        .rows(listing.sparkSession())
        .select(ScoresTable.PATH)
        .where(col(ScoresTable.PATH).startsWith(root + "/"))
        .join(paths(), new String[] {ScoresTable.PATH}, "left_anti");
  }

  /**
   * Returns the images to score, by category and path; one part of about a batch's size comes to
   * the driver at a time.
   */
  Iterator<Row> items() {
    int parts =
        (int) Math.max(1, Math.min(1 << 20, (open.rows() + commitImages - 1) / commitImages));
    return todo.repartitionByRange(parts, col(ScoresTable.CATEGORY), col(ScoresTable.PATH))
        .sortWithinPartitions(
            col(ScoresTable.CATEGORY), col(ScoresTable.PATH), col(ScoresTable.POSITION))
        .toLocalIterator();
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
