package org.fairspark.dataset.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Parquet, read by the Spark of this process. Cells of other types than text are made texts. */
final class ParquetManifest {
  private ParquetManifest() {}

  static ManifestReader.Content read(String file, ManifestReader.Naming naming) {
    Dataset<Row> table = SparkSession.active().read().parquet(file);
    Column[] texts =
        Arrays.stream(table.schema().fields()).map(ParquetManifest::text).toArray(Column[]::new);
    String[] names = table.columns();
    List<ManifestRow> rows = new ArrayList<>();
    for (Row row : table.select(texts).collectAsList()) {
      Map<String, String> cells = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        cells.put(names[i], row.isNullAt(i) ? "" : row.getString(i));
      }
      rows.add(ManifestRow.of(naming.place(rows.size() + 1L), naming.split(), cells));
    }
    return new ManifestReader.Content(new LinkedHashSet<>(List.of(names)), rows);
  }

  /** Returns a column as text: a list, a map or a record as JSON. */
  private static Column text(StructField field) {
    Column column = col("`" + field.name().replace("`", "``") + "`");
    boolean nested =
        field.dataType() instanceof ArrayType
            || field.dataType() instanceof MapType
            || field.dataType() instanceof StructType;
    return nested ? to_json(column) : column.cast(DataTypes.StringType);
  }
}
