package org.fairspark.store.table;

import static org.fairspark.store.table.ImagesTable.field;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** {@code quarantine/}: the files that could not be used, and why. */
public final class QuarantineTable {
  public static final TableSpec SPEC = new TableSpec("quarantine", 1, List.of(), "zstd", Set.of());

  private QuarantineTable() {}

  public static StructType schema() {
    return new StructType(
        new StructField[] {
          field("path", DataTypes.StringType),
          field("image_id", DataTypes.StringType),
          field("category", DataTypes.StringType),
          field("split", DataTypes.StringType),
          field("size", DataTypes.LongType),
          field("reason", DataTypes.StringType),
          field("message", DataTypes.StringType)
        });
  }

  /**
   * A file that could not be used.
   *
   * @param path absolute URI of the file at fault: the image's, or its mask's
   * @param imageId the image that is left out because of it
   * @param size bytes
   * @param reason one of a few words in upper case
   * @param message the details, for people
   */
  public record BadFile(
      String path,
      String imageId,
      String category,
      String split,
      long size,
      String reason,
      String message)
      implements Serializable {

    public Row toRow() {
      return RowFactory.create(path, imageId, category, split, size, reason, message);
    }

    public static BadFile of(Row row) {
      return new BadFile(
          row.getAs("path"),
          row.getAs("image_id"),
          row.getAs("category"),
          row.getAs("split"),
          row.getAs("size"),
          row.getAs("reason"),
          row.getAs("message"));
    }
  }
}
