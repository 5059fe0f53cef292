package org.fairspark.job.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.fairspark.config.ScoreConfig;
import org.fairspark.config.ScoreConfig.Changes;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.TextOrder;

/** A plan whose listing and rows are on the driver, without a Spark job. */
final class SmallScorePlan implements ScorePlan {
  private static final Pattern DOUBLE = Pattern.compile("#[0-9]+$");

  private final ScoresStore store;
  private final SmallListing listing;
  private final List<Row> known;
  private final List<ScoreItem> todo;
  private final String root;
  private final Optional<TableListing> table;

  private SmallScorePlan(
      ScoresStore store,
      SmallListing listing,
      List<Row> known,
      List<ScoreItem> todo,
      String root,
      Optional<TableListing> table) {
    this.store = store;
    this.listing = listing;
    this.known = known;
    this.todo = todo;
    this.root = root;
    this.table = table;
  }

  /**
   * Lists the images and compares them with earlier results, unless there is too much of either.
   *
   * @param table that names the images, or nothing for all below the root
   * @param most images, and most rows of the table of scores
   */
  static Optional<SmallScorePlan> find(
      JobContext context,
      ScoresStore store,
      ListingAssignment assignment,
      String root,
      Optional<TableListing> table,
      ListingCounter listed,
      int most)
      throws IOException {
    ScoreConfig score = context.config().score();
    Optional<List<Row>> known = store.readOnDriver(ScoreItem.Previous.columns(), most);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Configuration hadoop = context.hadoop();
    ListingSource source = () -> hadoop;
    int attempts = score.readAttempts();
    MemberRows members =
        new MemberRows(source, assignment, TableListing.members(table), attempts, listed);
    Optional<SmallListing> found =
        table.isPresent()
            ? SmallListing.of(table.get(), assignment, members, most)
            : SmallListing.of(
                new FolderRows(source, root, assignment, attempts, listed), members, most);
    return found.map(
        listing ->
            new SmallScorePlan(
                store, listing, known.get(), todo(listing, known.get(), score), root, table));
  }

  /** Returns the images to read, each with the row that it has, in their order. */
  private static List<ScoreItem> todo(SmallListing listing, List<Row> known, ScoreConfig score) {
    Map<String, Row> rows = new HashMap<>();
    known.forEach(row -> rows.put(row.getAs(ScoresTable.PATH), row));
    List<ScoreItem> todo = new ArrayList<>();
    for (ScoreItem item : listing.images()) {
      Row row = rows.get(item.image().path());
      if (row == null || score.changes() == Changes.CONTENT || !isSame(item, row)) {
        todo.add(item.after(ScoreItem.Previous.of(row)));
      }
    }
    todo.sort(
        Comparator.comparing(ScoreItem::category, TextOrder.BY_BYTES)
            .thenComparing(item -> item.image().path(), TextOrder.BY_BYTES)
            .thenComparingLong(item -> item.image().position()));
    return todo;
  }

  private static boolean isSame(ScoreItem item, Row row) {
    return row.<Long>getAs(ScoresTable.LENGTH) == item.image().length()
        && item.image().version().equals(row.getAs(ScoresTable.VERSION))
        && item.fingerprint().equals(row.getAs(ScoresTable.FINGERPRINT));
  }

  @Override
  public Counted listed() {
    return Counted.of(listing.images());
  }

  @Override
  public ArchiveAccount account() {
    return listing.met().account(listed(), listing.leftMembers());
  }

  @Override
  public long doubles() {
    return listing.images().stream()
        .filter(item -> DOUBLE.matcher(item.image().member()).find())
        .count();
  }

  @Override
  public Optional<TableListing> table() {
    return table;
  }

  @Override
  public Counted open() {
    return Counted.of(todo);
  }

  @Override
  public long removed() {
    return removed(known).size();
  }

  private List<Row> removed(List<Row> rows) {
    if (table.isPresent()) {
      return List.of();
    }
    Set<String> there = paths();
    return rows.stream()
        .filter(
            row -> {
              String path = row.getAs(ScoresTable.PATH);
              return path.startsWith(root + "/") && !there.contains(path);
            })
        .sorted(Comparator.comparing(row -> row.getAs(ScoresTable.PATH), TextOrder.BY_BYTES))
        .toList();
  }

  private Set<String> paths() {
    Set<String> paths = new HashSet<>();
    listing.images().forEach(item -> paths.add(item.image().path()));
    return paths;
  }

  @Override
  public Iterator<ScoreItem> items() {
    return todo.iterator();
  }

  @Override
  public ScoreSums sums(String run, int top) throws IOException {
    List<Row> rows =
        store
            .readOnDriver(SmallScoreSums.COLUMNS, Integer.MAX_VALUE)
            .orElseThrow(() -> new IOException("the rows of scores/ can no longer be read"));
    return new SmallScoreSums(rows, paths(), removed(rows), run, top);
  }

  @Override
  public void close() {
    // Nothing lies elsewhere.
  }
}
