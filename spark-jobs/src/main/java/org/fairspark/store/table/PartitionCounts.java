package org.fairspark.store.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.fairspark.store.table.TableManifest.PartitionCount;

/** Numbers of rows by partition, as the footers of the data files tell them. */
final class PartitionCounts {
  private PartitionCounts() {}

  /** Reads the footers in this process. */
  static List<PartitionCount> here(Configuration hadoop, Path folder, DataFiles files)
      throws IOException {
    Map<Map<String, String>, Long> rows = new LinkedHashMap<>();
    for (String name : files.bytes().keySet()) {
      HadoopInputFile file = HadoopInputFile.fromPath(new Path(folder, name), hadoop);
      try (ParquetFileReader reader = ParquetFileReader.open(file)) {
        if (reader.getRecordCount() > 0) {
          rows.merge(PartitionPath.values(name), reader.getRecordCount(), Long::sum);
        }
      }
    }
    return rows.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(PartitionPath.ORDER))
        .map(entry -> new PartitionCount(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Reads them by a Spark job. */
  static List<PartitionCount> bySpark(
      DataFrameReader reader, String[] files, List<String> partitionBy) {
    Column[] columns = partitionBy.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> counted = reader.parquet(files).groupBy(columns).count().orderBy(columns);
    List<PartitionCount> counts = new ArrayList<>();
    for (Row row : counted.collectAsList()) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < columns.length; i++) {
        values.put(partitionBy.get(i), row.getString(i));
      }
      counts.add(new PartitionCount(values, row.getLong(columns.length)));
    }
    return counts;
  }
}
