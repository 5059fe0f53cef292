package org.fairspark.store.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.metrics.DefectArea;

/**
 * The column that holds an image's defects one by one, with their saturation, in {@code images/}
 * and {@code maps/}; null where saturations are not known. Tables of earlier versions lack it.
 */
public final class DefectAreas {
  /** {@code struct<mask: uint8[H][W], saturation: double>[defect]}. */
  public static final String COLUMN = "defect_areas";

  private static final StructType ONE =
      new StructType()
          .add("mask", DataTypes.BinaryType, false)
          .add("saturation", DataTypes.DoubleType, false);

  private DefectAreas() {}

  static StructField field() {
    return new StructField(COLUMN, DataTypes.createArrayType(ONE, false), true, Metadata.empty());
  }

  /** Returns the column's name if a table has it. */
  public static List<String> in(String[] columns) {
    return Arrays.asList(columns).contains(COLUMN) ? List.of(COLUMN) : List.of();
  }

  /** Returns the cell of these defects; null for none. */
  static Row[] cell(List<DefectArea> areas) {
    return areas.isEmpty()
        ? null
        : areas.stream()
            .map(area -> RowFactory.create(area.mask(), area.saturation()))
            .toArray(Row[]::new);
  }

  /** Returns the defects of a row, none where it does not have the column. */
  static List<DefectArea> of(Row row) {
    if (in(row.schema().fieldNames()).isEmpty() || row.isNullAt(row.fieldIndex(COLUMN))) {
      return List.of();
    }
    List<DefectArea> areas = new ArrayList<>();
    for (Row area : row.<Row>getList(row.fieldIndex(COLUMN))) {
      areas.add(new DefectArea(area.getAs(0), area.getDouble(1)));
    }
    return areas;
  }

  /** Copies the cell of another table's row, if that has the column. */
  public static void copy(Row from, RowBuilder to) {
    to.set(COLUMN, cell(of(from)));
  }
}
