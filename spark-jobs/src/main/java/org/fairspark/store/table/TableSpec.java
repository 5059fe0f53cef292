package org.fairspark.store.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form in which a kind of table is kept.
 *
 * @param name its folder under the output root
 * @param schemaVersion raised whenever the meaning of a column changes
 * @param partitionBy columns that become folders
 * @param compression Parquet codec
 * @param tensors binary columns too large for a dictionary
 */
public record TableSpec(
    String name,
    int schemaVersion,
    List<String> partitionBy,
    String compression,
    Set<String> tensors) {

  /** Rows hold images: row groups stay small, so that readers and writers fit any heap. */
  static final int ROW_GROUP_BYTES = 16 << 20;

  public TableSpec {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("a table's name is a lower-case word, got '" + name + "'");
    }
    partitionBy = List.copyOf(partitionBy);
    tensors = Set.copyOf(tensors);
  }

  /** Returns the options of Spark's Parquet writer. */
  Map<String, String> writeOptions() {
    Map<String, String> options = new HashMap<>();
    options.put("compression", compression);
    options.put("parquet.block.size", String.valueOf(ROW_GROUP_BYTES));
    // Sizes are looked at every 100 rows by default; that many images are 20 MB and more.
    options.put("parquet.page.size.row.check.min", "4");
    options.put("parquet.page.size.row.check.max", "64");
    tensors.forEach(column -> options.put("parquet.enable.dictionary#" + column, "false"));
    return options;
  }
}
