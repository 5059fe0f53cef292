package org.fairspark.store.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.metrics.ImageMetadata;
import org.fairspark.text.Json;

/**
 * The columns of a data set's own table that travel along into {@code images/}, {@code maps/} and
 * {@code scores/}; null where nothing is known. Tables of earlier versions lack them.
 */
public final class AnnotationColumns {
  /** The part or lot that the image is of. */
  public static final String GROUP_ID = "group_id";

  /** The side that the image shows. */
  public static final String VIEW = "view";

  /** Lighting, camera and the like. */
  public static final String CONDITION = "condition";

  /** All other columns, as a JSON object of texts. */
  public static final String OTHERS = "other_columns";

  private static final List<String> NAMES = List.of(GROUP_ID, VIEW, CONDITION, OTHERS);

  private AnnotationColumns() {}

  /** Returns the columns. */
  static List<StructField> fields() {
    return NAMES.stream()
        .map(name -> new StructField(name, DataTypes.StringType, true, Metadata.empty()))
        .toList();
  }

  /** Returns the names of those columns that a table has. */
  public static List<String> in(String[] columns) {
    return NAMES.stream().filter(Arrays.asList(columns)::contains).toList();
  }

  /** Sets the cells of a row. */
  static void set(RowBuilder row, Annotations annotations) {
    row.set(GROUP_ID, orNull(annotations.group()))
        .set(VIEW, orNull(annotations.view()))
        .set(CONDITION, orNull(annotations.condition()))
        .set(OTHERS, annotations.others().isEmpty() ? null : Json.line(annotations.others()));
  }

  /** Returns what a row tells of its image, as far as it has the columns. */
  public static ImageMetadata traits(Row row) {
    return new ImageMetadata(
        text(row, GROUP_ID), text(row, VIEW), text(row, CONDITION), DefectAreas.of(row), null);
  }

  /** Returns the view of a row's image; empty where it is not known. */
  public static String view(Row row) {
    return text(row, VIEW);
  }

  private static String text(Row row, String column) {
    String text =
        Arrays.asList(row.schema().fieldNames()).contains(column)
            ? row.<String>getAs(column)
            : null;
    return text == null ? "" : text;
  }

  /** Copies the cells of another table's row, as far as it has them. */
  public static void copy(Row from, RowBuilder to) {
    in(from.schema().fieldNames()).forEach(name -> to.set(name, from.getAs(name)));
  }

  /**
   * Returns rows with these columns filled in.
   *
   * @param rows which have the columns, and a text that tells them apart
   * @param key the column of that text
   * @param known annotations by that text; the columns of other rows are null
   */
  public static Dataset<Row> filled(Dataset<Row> rows, String key, Map<String, Annotations> known) {
    if (known.isEmpty()) {
      return rows;
    }
    StructType schema = new StructType().add(key, DataTypes.StringType, false);
    for (StructField column : fields()) {
      schema = schema.add(column);
    }
    List<Row> cells = new ArrayList<>();
    for (Map.Entry<String, Annotations> entry : known.entrySet()) {
      RowBuilder row = new RowBuilder(schema).set(key, entry.getKey());
      set(row, entry.getValue());
      cells.add(row.build());
    }
    Dataset<Row> columns = rows.sparkSession().createDataFrame(cells, schema);
    Column[] order = Stream.of(rows.columns()).map(functions::col).toArray(Column[]::new);
    return rows.drop(NAMES.toArray(String[]::new))
        .join(functions.broadcast(columns), new String[] {key}, "left")
        .select(order);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
