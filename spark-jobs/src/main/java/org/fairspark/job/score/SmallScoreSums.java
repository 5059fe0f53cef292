package org.fairspark.job.score;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.TextOrder;

/** The sums over rows that the driver holds. */
final class SmallScoreSums implements ScoreSums {
  /** The columns that sums and lists are made from. */
  static final List<String> COLUMNS = columns();

  private final List<Row> rows;
  private final List<Row> current;
  private final List<Row> removed;
  private final String run;
  private final int top;

  /**
   * Makes the sums.
   *
   * @param rows the newest row of every image
   * @param paths of the listed images
   * @param removed rows of images that are gone, in order
   */
  SmallScoreSums(List<Row> rows, Set<String> paths, List<Row> removed, String run, int top) {
    this.rows = rows;
    this.current =
        rows.stream().filter(row -> paths.contains(row.<String>getAs(ScoresTable.PATH))).toList();
    this.removed = removed;
    this.run = run;
    this.top = top;
  }

  private static List<String> columns() {
    Set<String> all = new TreeSet<>(ScoredImage.names());
    Stream.of(ScoreList.values()).forEach(list -> all.addAll(list.columns()));
    all.add(ScoresTable.PREVIOUS_DECISION);
    return List.copyOf(all);
  }

  @Override
  public SortedMap<String, CategoryTally> tallies() {
    return new TreeMap<>(CategoryTally.count(current.iterator(), run, top));
  }

  @Override
  public SortedMap<String, Long> changes() {
    SortedMap<String, Long> changes = new TreeMap<>();
    for (Row row : rows) {
      if (run.equals(row.getAs(ScoresTable.RUN))) {
        String before = row.getAs(ScoresTable.PREVIOUS_DECISION);
        changes.merge(ScoreSums.change(before, row.getAs(ScoresTable.DECISION)), 1L, Long::sum);
      }
    }
    return changes;
  }

  @Override
  public Iterator<Row> list(ScoreList list) {
    Comparator<Row> byPath =
        Comparator.comparing(row -> row.getAs(ScoresTable.PATH), TextOrder.BY_BYTES);
    return switch (list) {
      case SUSPICIOUS ->
          with(ScoresTable.SUSPICIOUS)
              .sorted(
                  Comparator.comparing(
                          (Row row) -> row.<Float>getAs(ScoresTable.NORMALIZED),
                          Comparator.reverseOrder())
                      .thenComparing(byPath))
              .iterator();
      case UNREADABLE -> with(ScoresTable.UNREADABLE).sorted(byPath).iterator();
      case REMOVED -> removed.iterator();
    };
  }

  private Stream<Row> with(String decision) {
    return current.stream().filter(row -> decision.equals(row.getAs(ScoresTable.DECISION)));
  }

  @Override
  public void close() {
    // Nothing lies elsewhere.
  }
}
