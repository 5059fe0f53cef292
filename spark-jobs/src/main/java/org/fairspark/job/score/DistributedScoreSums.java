package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.fairspark.store.table.ScoresTable;

/** The sums over any number of rows, by Spark SQL. */
final class DistributedScoreSums implements ScoreSums {
  private final Dataset<Row> rows;
  private final Dataset<Row> paths;
  private final Dataset<Row> removed;
  private final Dataset<Row> current;
  private final String run;
  private final SortedMap<String, CategoryTally> tallies;

  /**
   * Sums up.
   *
   * @param rows the newest row of every image
   * @param paths of the listed images
   * @param removed paths of images that are gone
   */
  DistributedScoreSums(
      Dataset<Row> rows, Dataset<Row> paths, Dataset<Row> removed, String run, int top) {
    this.rows = rows;
    this.paths = paths;
    this.removed = removed;
    this.run = run;
    this.current =
        rows.select(ScoredImage.columns())
            .join(paths, new String[] {ScoresTable.PATH}, "left_semi")
            .persist(StorageLevel.DISK_ONLY());
    this.tallies = CategoryTally.of(current, run, top);
  }

  @Override
  public SortedMap<String, CategoryTally> tallies() {
    return tallies;
  }

  @Override
  public SortedMap<String, Long> changes() {
    SortedMap<String, Long> changes = new TreeMap<>();
    rows.where(col(ScoresTable.RUN).equalTo(run))
        .groupBy(ScoresTable.PREVIOUS_DECISION, ScoresTable.DECISION)
        .count()
        .collectAsList()
        .forEach(
            row ->
                changes.put(ScoreSums.change(row.getString(0), row.getString(1)), row.getLong(2)));
    return changes;
  }

  @Override
  public Iterator<Row> list(ScoreList list) {
    return select(list)
        .select(list.columns().stream().map(c -> col(c)).toArray(Column[]::new))
        .limit(TopScores.MAX_ROWS)
        .toLocalIterator();
  }

  private Dataset<Row> select(ScoreList list) {
    Column decision = col(ScoresTable.DECISION);
    return switch (list) {
      case SUSPICIOUS ->
          newest()
              .where(decision.equalTo(ScoresTable.SUSPICIOUS))
              .orderBy(col(ScoresTable.NORMALIZED).desc(), col(ScoresTable.PATH));
      case UNREADABLE ->
          newest().where(decision.equalTo(ScoresTable.UNREADABLE)).orderBy(ScoresTable.PATH);
      case REMOVED -> removed.orderBy(ScoresTable.PATH);
    };
  }

  private Dataset<Row> newest() {
    return rows.drop(ScoresTable.MAP, ScoresTable.REGIONS)
        .join(paths, new String[] {ScoresTable.PATH}, "left_semi");
  }

  @Override
  public void close() {
    current.unpersist();
  }
}
