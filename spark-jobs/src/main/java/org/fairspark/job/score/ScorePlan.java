package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.TextOrder;

/**
 * The images to score: the listing, less those scored already with the same model and settings.
 * What a killed run committed is no part of the remainder, so that the same command goes on from
 * there. And, once they are scored, the sums over all listed images.
 *
 * <p>A Spark job takes as long as many thousand rows take on the driver. So there are two plans
 * with one result: {@link SmallScorePlan}, which holds all rows on the driver, and {@link
 * DistributedScorePlan}, for more of them.
 */
interface ScorePlan extends AutoCloseable {
  /**
   * The most images of a {@link SmallScorePlan}, and the most rows that the table may have then.
   */
  int SMALL = 50_000;

  /**
   * Rows of a listing.
   *
   * @param rows all of them
   * @param unopened those of folders and archives that cannot be opened
   * @param withoutModel images whose category there is no model of
   * @param exampleWithoutModel the first of them by its name below the root, or null
   */
  record Counted(long rows, long unopened, long withoutModel, String exampleWithoutModel) {
    static Counted of(Dataset<Row> listing) {
      Column without = when(ScoreItem.isWithoutModel(), col(ScoresTable.NAME_BELOW_ROOT));
      Row counts =
          listing
              .agg(
                  count(lit(1)),
                  count(when(ScoreItem.isUnopened(), 1)),
                  count(without),
                  min(without))
              .first();
      return new Counted(
          counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getString(3));
    }

    static Counted of(List<ScoreItem> items) {
      List<String> without =
          items.stream()
              .filter(ScoreItem::hasNoModel)
              .map(item -> item.image().name())
              .sorted(TextOrder.BY_BYTES)
              .toList();
      return new Counted(
          items.size(),
          items.stream().filter(ScoreItem::cannotBeOpened).count(),
          without.size(),
          without.isEmpty() ? null : without.get(0));
    }

    long images() {
      return rows - unopened;
    }
  }

  /**
   * Lists the images and compares them with earlier results; nothing is written.
   *
   * @param small the most images that are planned on the driver
   */
  static ScorePlan make(
      JobContext context,
      ScoresStore store,
      Map<String, ScoringModel> models,
      CategoryRule rule,
      String root,
      int small)
      throws IOException {
    Map<String, String> fingerprints = new TreeMap<>();
    models.forEach((category, model) -> fingerprints.put(category, model.fingerprint()));
    // Scored again once there are other models.
    String without = Provenance.of(Map.of("models", models.keySet().toString())).fingerprint();
    Optional<TableListing> table =
        context
            .config()
            .score()
            .input()
            .map(input -> TableListing.read(context.hadoop(), input, root));
    ListingAssignment assignment =
        new ListingAssignment(
            rule,
            fingerprints,
            without.substring(0, 16),
            table.map(TableListing::categoriesInArchives).orElse(Map.of()));
    AtomicLong listed = new AtomicLong();
    try (Progress progress = context.progress("list", 0, "images")) {
      progress.follow(listed::get);
      var plan =
          SmallScorePlan.find(context, store, assignment, root, table, listed::addAndGet, small);
      if (plan.isPresent()) {
        return plan.get();
      }
      var again = context.spark().sparkContext().longAccumulator("images listed");
      progress.follow(again::value);
      return DistributedScorePlan.make(context, store, assignment, root, table, again);
    }
  }

  /** Returns the listing's numbers. */
  Counted listed();

  /** Returns the account of all files below the root. */
  ArchiveAccount account();

  /** Returns the number of images in archives whose name stands there earlier too. */
  long doubles();

  /** Returns the numbers of what is to score; if compared by content, to read. */
  Counted open();

  /** Returns the number of images that were scored already, just as they would be now. */
  default long upToDate() {
    return listed().images() - open().images();
  }

  /** Returns the table that names the images, if one does. */
  Optional<TableListing> table();

  /**
   * Returns the number of images of this data root that were scored once and are gone; 0 where a
   * table names the images, since others may be there all the same.
   */
  long removed() throws IOException;

  /** Returns the images to score, by category and path. */
  Iterator<ScoreItem> items();

  /**
   * Returns the sums over the newest rows of the listed images.
   *
   * @param run the name of the run that scored some of them now
   * @param top how many of the highest scores to keep by category
   */
  ScoreSums sums(String run, int top) throws IOException;

  @Override
  void close() throws IOException;
}
