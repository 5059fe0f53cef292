package org.fairspark.store.table;

import static org.fairspark.store.table.ImagesTable.field;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.failure.UnreadableFileException.Reason;

/** {@code quarantine/}: the files that could not be used, and why. */
public final class QuarantineTable {
  public static final String PATH = "path";
  public static final String IMAGE_ID = "image_id";
  public static final String CATEGORY = "category";
  public static final String SPLIT = "split";
  public static final String SIZE = "size";
  public static final String REASON = "reason";
  public static final String MESSAGE = "message";

  public static final TableSpec SPEC = new TableSpec("quarantine", 1, List.of(), "zstd", Set.of());

  private QuarantineTable() {}

  /** Returns the columns. */
  public static StructType schema() {
    return new StructType(
        new StructField[] {
          field(PATH, DataTypes.StringType),
          field(IMAGE_ID, DataTypes.StringType),
          field(CATEGORY, DataTypes.StringType),
          field(SPLIT, DataTypes.StringType),
          field(SIZE, DataTypes.LongType),
          field(REASON, DataTypes.StringType),
          field(MESSAGE, DataTypes.StringType)
        });
  }

  /**
   * A file that could not be used.
   *
   * @param path absolute URI of the file at fault: the image's, or its mask's
   * @param imageId the image that is left out because of it
   * @param size bytes
   * @param reason why, on disk by its name
   * @param message the human-readable details
   */
  public record BadFile(
      String path,
      String imageId,
      String category,
      String split,
      long size,
      Reason reason,
      String message)
      implements Serializable {

    /** Returns the row, in the order of {@link #schema}. */
    public Row toRow() {
      return new RowBuilder(schema())
          .set(PATH, path)
          .set(IMAGE_ID, imageId)
          .set(CATEGORY, category)
          .set(SPLIT, split)
          .set(SIZE, size)
          .set(REASON, reason.name())
          .set(MESSAGE, message)
          .build();
    }

    /** Returns the file of a row. */
    public static BadFile of(Row row) {
      return new BadFile(
          row.getAs(PATH),
          row.getAs(IMAGE_ID),
          row.getAs(CATEGORY),
          row.getAs(SPLIT),
          row.getAs(SIZE),
          Reason.valueOf(row.getAs(REASON)),
          row.getAs(MESSAGE));
    }
  }
}
