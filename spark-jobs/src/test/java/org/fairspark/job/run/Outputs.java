package org.fairspark.job.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;

/**
 * All that a reader would trust under an output root, for comparison: every value of every row, the
 * model, the figures. Left out is what tells where and when: paths and times.
 *
 * @param parts part to content; only those that are there
 */
record Outputs(Map<String, Object> parts) {
  private static final List<TableSpec> TABLES =
      List.of(QuarantineTable.SPEC, ImagesTable.SPEC, SamplesTable.SPEC, MapsTable.SPEC);
  private static final Set<String> ASIDE =
      Set.of(ImagesTable.PATH, ImagesTable.MASK_PATH, ImagesTable.MODIFICATION_TIME);

  static Outputs of(OutputRoot root, SparkSession spark, String category) {
    Map<String, Object> parts = new TreeMap<>();
    for (TableSpec spec : TABLES) {
      find(root, spec)
          .ifPresent(table -> parts.put(spec.name(), rows(table.dataset(spark).collectAsList())));
    }
    try {
      parts.put("model", new ModelStore(root, category).open().id());
    } catch (FairException e) {
      // There is none, or none to be trusted.
    }
    new MetricsFile(root)
        .read()
        .ifPresent(results -> parts.put("metrics", results.categories().toString()));
    return new Outputs(parts);
  }

  private static Optional<Table> find(OutputRoot root, TableSpec spec) {
    try {
      return Table.find(root, spec);
    } catch (FairException e) {
      return Optional.empty();
    }
  }

  private static List<String> rows(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> values = new ArrayList<>();
      for (String column : row.schema().fieldNames()) {
        Object value = row.getAs(column);
        if (!ASIDE.contains(column)) {
          values.add(
              column + "=" + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value));
        }
      }
      lines.add(values.toString());
    }
    return lines.stream().sorted().toList();
  }

  /** Tells whether the other outputs contain all of these, unchanged. */
  boolean isPartOf(Outputs whole) {
    return whole.parts.entrySet().containsAll(parts.entrySet());
  }

  /** Names of what runs leave that end before their time, anywhere below a root. */
  static Set<String> litter(OutputRoot root) throws Exception {
    Set<String> names = new HashSet<>();
    collect(root.fileSystem(), root.path(), names);
    names.removeIf(name -> !name.matches("_fair_(staging|unfinished|lock.*)|_part-.*|_old-.*"));
    return names;
  }

  private static void collect(FileSystem fs, Path folder, Set<String> names) throws Exception {
    for (FileStatus status : fs.listStatus(folder)) {
      names.add(status.getPath().getName());
      if (status.isDirectory()) {
        collect(fs, status.getPath(), names);
      }
    }
  }
}
