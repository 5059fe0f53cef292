package org.fairspark.store.table;

import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A row in the making whose cells are set by the names of their columns: two columns of one type
 * cannot be swapped, and a column that is forgotten is an error unless it may be null.
 */
public final class RowBuilder {
  private final StructType schema;
  private final Object[] cells;
  private final boolean[] isSet;

  public RowBuilder(StructType schema) {
    this.schema = schema;
    this.cells = new Object[schema.size()];
    this.isSet = new boolean[schema.size()];
  }

  /**
   * Sets a cell.
   *
   * @throws IllegalArgumentException if there is no such column, it is set already, or it cannot be
   *     null and the value is
   */
  public RowBuilder set(String column, Object value) {
    int index = schema.fieldIndex(column);
    if (isSet[index]) {
      throw new IllegalArgumentException("column " + column + " is set twice");
    }
    if (value == null && !schema.fields()[index].nullable()) {
      throw new IllegalArgumentException("column " + column + " cannot be null");
    }
    cells[index] = value;
    isSet[index] = true;
    return this;
  }

  /**
   * Returns the row, its cells in the order of the schema; what was not set is null.
   *
   * @throws IllegalStateException if a column that cannot be null was not set
   */
  public Row build() {
    StructField[] fields = schema.fields();
    for (int i = 0; i < cells.length; i++) {
      if (!isSet[i] && !fields[i].nullable()) {
        throw new IllegalStateException("column " + fields[i].name() + " is not set");
      }
    }
    return RowFactory.create(Arrays.copyOf(cells, cells.length));
  }
}
