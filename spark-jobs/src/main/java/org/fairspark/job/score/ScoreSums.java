package org.fairspark.job.score;

import java.util.Iterator;
import java.util.SortedMap;
import org.apache.spark.sql.Row;

/** The sums over the newest rows of the listed images, and the lists for people. */
interface ScoreSums extends AutoCloseable {
  /** Returns counts, scores and highest images by category. */
  SortedMap<String, CategoryTally> tallies();

  /** Returns the decisions of this run's images by {@code BEFORE -> NOW}. */
  SortedMap<String, Long> changes();

  /**
   * Returns the key of {@link #changes} of an image.
   *
   * @param before its decision in an earlier run; null: it has none
   */
  static String change(String before, String now) {
    return (before == null ? "new" : before) + " -> " + now;
  }

  /**
   * Returns the rows of a list, in its order; at most {@link TopScores#MAX_ROWS} of them count.
   * Each has the list's columns first.
   */
  Iterator<Row> list(ScoreList list);

  @Override
  void close();
}
