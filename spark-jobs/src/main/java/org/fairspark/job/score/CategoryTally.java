package org.fairspark.job.score;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.files.PathNames;
import org.fairspark.metrics.ScoreHistogram;
import org.fairspark.store.table.ScoresTable;
import scala.Tuple2;

/**
 * The results of a category: counts by decision, the distribution of scores, and the highest ones.
 * Merges by addition, in memory that does not grow with the images.
 */
final class CategoryTally implements Serializable {
  /** The tally's name for images whose category is not known. */
  static final String NO_CATEGORY = "";

  private final int top;
  private final Map<String, Long> decisions = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final ArrayList<ScoredImage> highest = new ArrayList<>();
  private long fresh;
  private long freshSuspicious;
  private final Map<String, Long> unopened = new TreeMap<>();
  private final TraitTally traits = new TraitTally();
  private final TraitTally freshTraits = new TraitTally();
  private transient ScoreHistogram scores = new ScoreHistogram();
  private transient ScoreHistogram freshScores = new ScoreHistogram();

  private CategoryTally(int top) {
    this.top = top;
  }

  /**
   * Counts by category.
   *
   * @param images with {@link ScoredImage#columns}
   * @param run whose images count as fresh
   * @param top how many of the highest to keep
   */
  static SortedMap<String, CategoryTally> of(Dataset<Row> images, String run, int top) {
    SortedMap<String, CategoryTally> tallies = new TreeMap<>();
    images
        .toJavaRDD()
        .mapPartitionsToPair(
            rows ->
                count(rows, run, top).entrySet().stream()
                    .map(e -> new Tuple2<>(e.getKey(), e.getValue()))
                    .iterator())
        .reduceByKey(CategoryTally::plus)
        .collect()
        .forEach(pair -> tallies.put(pair._1(), pair._2()));
    return tallies;
  }

  /** Counts rows by category; see {@link #of}. */
  static Map<String, CategoryTally> count(Iterator<Row> rows, String run, int top) {
    Map<String, CategoryTally> counts = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      String category = row.getAs(ScoresTable.CATEGORY);
      counts
          .computeIfAbsent(category == null ? NO_CATEGORY : category, c -> new CategoryTally(top))
          .add(row, run);
    }
    return counts;
  }

  private void add(Row row, String run) {
    String decision = row.getAs(ScoresTable.DECISION);
    if (isUnopened(row)) {
      unopened.merge(row.getAs(ScoresTable.REASON), 1L, Long::sum);
      return;
    }
    decisions.merge(decision, 1L, Long::sum);
    boolean isFresh = run.equals(row.getAs(ScoresTable.RUN));
    fresh += isFresh ? 1 : 0;
    if (decision.equals(ScoresTable.UNREADABLE)) {
      reasons.merge(row.getAs(ScoresTable.REASON), 1L, Long::sum);
      return;
    }
    float score = row.<Float>getAs(ScoresTable.SCORE);
    scores.add(score, false);
    traits.add(row);
    if (isFresh) {
      freshScores.add(score, false);
      freshTraits.add(row);
      freshSuspicious += decision.equals(ScoresTable.SUSPICIOUS) ? 1 : 0;
    }
    keep(ScoredImage.of(row));
  }

  /** Returns whether a row is that of an archive or a folder, and not of an image. */
  private static boolean isUnopened(Row row) {
    if (!row.getAs(ScoresTable.DECISION).equals(ScoresTable.UNREADABLE)
        || !row.<String>getAs(ScoresTable.MEMBER).isEmpty()) {
      return false;
    }
    String name = row.getAs(ScoresTable.NAME_BELOW_ROOT);
    return !ArchiveKind.FILE.name().equals(row.getAs(ScoresTable.KIND))
        || PathNames.omissionOfKind(PathNames.last(name)).isPresent();
  }

  private void keep(ScoredImage image) {
    int at = Collections.binarySearch(highest, image, ScoredImage.HIGHEST_FIRST);
    highest.add(at < 0 ? -at - 1 : at, image);
    if (highest.size() > top) {
      highest.remove(top);
    }
  }

  private CategoryTally plus(CategoryTally other) {
    other.decisions.forEach((decision, n) -> decisions.merge(decision, n, Long::sum));
    other.reasons.forEach((reason, n) -> reasons.merge(reason, n, Long::sum));
    other.highest.forEach(this::keep);
    other.unopened.forEach((reason, n) -> unopened.merge(reason, n, Long::sum));
    fresh += other.fresh;
    freshSuspicious += other.freshSuspicious;
    traits.merge(other.traits);
    freshTraits.merge(other.freshTraits);
    scores.merge(other.scores);
    freshScores.merge(other.freshScores);
    return this;
  }

  /** Returns the images by decision. */
  Map<String, Long> decisions() {
    return decisions;
  }

  /** Returns the number of images of one decision. */
  long count(String decision) {
    return decisions.getOrDefault(decision, 0L);
  }

  long images() {
    return decisions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the numbers of folders and archives that could not be opened, by reason. */
  Map<String, Long> unopened() {
    return unopened;
  }

  /** Returns the numbers of unreadable images by reason. */
  Map<String, Long> reasons() {
    return reasons;
  }

  /** Returns the number of images that this run scored. */
  long fresh() {
    return fresh;
  }

  long freshSuspicious() {
    return freshSuspicious;
  }

  ScoreHistogram scores() {
    return scores;
  }

  /** Returns the scores of the images that this run scored, or of all if it scored none. */
  ScoreHistogram newestScores() {
    return freshScores.count() > 0 ? freshScores : scores;
  }

  /** Returns the traits of the same images as {@link #newestScores}. */
  TraitTally newestTraits() {
    return freshScores.count() > 0 ? freshTraits : traits;
  }

  /** Returns the images of the highest scores, highest first. */
  List<ScoredImage> highest() {
    return Collections.unmodifiableList(highest);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(scores.toBytes());
    out.writeObject(freshScores.toBytes());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    scores = ScoreHistogram.fromBytes((byte[]) in.readObject());
    freshScores = ScoreHistogram.fromBytes((byte[]) in.readObject());
  }
}
