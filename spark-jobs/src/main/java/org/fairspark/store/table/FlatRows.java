package org.fairspark.store.table;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.failure.FairException;

/**
 * A reader of some columns of Parquet files in this process: a few thousand rows are read in the
 * time in which Spark plans its job. Columns hold texts, integers or floats; one that a file of an
 * earlier version lacks is null.
 */
final class FlatRows {
  private final Configuration hadoop;
  private final List<String> columns;
  private final StructType schema;

  /**
   * Makes a reader.
   *
   * @param table which has the columns
   * @param last the name of one more column, which gets a text of each file
   */
  FlatRows(Configuration hadoop, StructType table, List<String> columns, String last) {
    this.hadoop = hadoop;
    this.columns = List.copyOf(columns);
    StructType selected = new StructType();
    for (String column : columns) {
      StructField field = table.apply(column);
      require(field.dataType());
      selected = selected.add(field);
    }
    this.schema = selected.add(last, DataTypes.StringType, true);
  }

  private static void require(DataType type) {
    if (!List.of(
            DataTypes.StringType, DataTypes.IntegerType, DataTypes.LongType, DataTypes.FloatType)
        .contains(type)) {
      throw new IllegalArgumentException("columns of the type %s are not read".formatted(type));
    }
  }

  /**
   * Adds a file's rows to others.
   *
   * @param last the value of the last column
   * @param most rows that there may be
   * @return whether there are no more; else the file's are missing
   * @throws FairException if the file cannot be read
   */
  boolean read(Path file, String last, int most, List<Row> rows) {
    try {
      return add(file, last, most, rows);
    } catch (IOException | ParquetRuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw Table.unreadable(file.toString(), String.valueOf(cause.getMessage()), e);
    }
  }

  private boolean add(Path file, String last, int most, List<Row> rows) throws IOException {
    ParquetReadOptions checked =
        HadoopReadOptions.builder(hadoop).usePageChecksumVerification(true).build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop), checked)) {
      if (rows.size() + reader.getRecordCount() > most) {
        return false;
      }
      MessageType all = reader.getFileMetaData().getSchema();
      MessageType wanted =
          new MessageType(
              all.getName(),
              columns.stream().filter(all::containsField).map(all::getType).toList());
      reader.setRequestedSchema(wanted);
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(wanted, all)
                .getRecordReader(group, new GroupRecordConverter(wanted));
        for (long i = 0; i < group.getRowCount(); i++) {
          rows.add(row(records.read(), wanted, last));
        }
      }
      return true;
    }
  }

  private Row row(Group record, MessageType present, String last) {
    Object[] cells = new Object[columns.size() + 1];
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (present.containsField(column) && record.getFieldRepetitionCount(column) > 0) {
        cells[i] = cell(record, column, schema.fields()[i].dataType());
      }
    }
    cells[columns.size()] = last;
    return new GenericRowWithSchema(cells, schema);
  }

  private static Object cell(Group record, String column, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return record.getString(column, 0);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return record.getInteger(column, 0);
    }
    return type.equals(DataTypes.LongType)
        ? (Object) record.getLong(column, 0)
        : (Object) record.getFloat(column, 0);
  }
}
