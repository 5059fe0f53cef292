package org.fairspark.store.table;

import static org.fairspark.store.table.ImagesTable.field;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.image.FloatImage;

/**
 * {@code samples/}: the corrupted and filtered training inputs, {@code corruption.variants} rows a
 * training image. The target is the clean image of {@code images/}, turned by {@code
 * rotation_degrees}.
 */
public final class SamplesTable {
  public static final String SAMPLE_ID = "sample_id";
  public static final String IMAGE_ID = ImagesTable.IMAGE_ID;
  public static final String VARIANT = "variant";
  public static final String SEED = "seed";
  public static final String KIND = "kind";
  public static final String ROTATION_DEGREES = "rotation_degrees";
  public static final String DESCRIPTION = "description";
  public static final String INPUT = "input";
  public static final String CATEGORY = ImagesTable.CATEGORY;

  public static final TableSpec SPEC =
      new TableSpec("samples", 1, List.of(CATEGORY), "zstd", Set.of(INPUT));

  private SamplesTable() {}

  /**
   * Returns the columns.
   *
   * @param filter the extractor in words
   * @param format of the inputs
   */
  public static StructType schema(
      int channels, int height, int width, String filter, InputFormat format) {
    return new StructType(
        new StructField[] {
          field(SAMPLE_ID, DataTypes.StringType),
          field(IMAGE_ID, DataTypes.StringType),
          field(VARIANT, DataTypes.IntegerType),
          field(SEED, DataTypes.LongType),
          field(KIND, DataTypes.StringType),
          field(ROTATION_DEGREES, DataTypes.DoubleType),
          field(DESCRIPTION, DataTypes.StringType),
          new StructField(
              INPUT,
              DataTypes.BinaryType,
              false,
              Tensors.input(channels, height, width, filter, format)),
          field(CATEGORY, DataTypes.StringType)
        });
  }

  /**
   * One sample.
   *
   * @param imageId the clean image
   * @param variant which sample of it, from 0
   * @param seed behind all its random numbers
   * @param kind of corruption, lower case
   * @param rotationDegrees by which the clean image was turned, 0 if not
   * @param description what was done, human-readable
   * @param input the network's input
   */
  public record Sample(
      String category,
      String imageId,
      int variant,
      long seed,
      String kind,
      double rotationDegrees,
      String description,
      FloatImage input) {

    /** Returns the row, in the order of {@link #schema}. */
    public Row toRow(InputFormat format) {
      return new RowBuilder(schema(input.channels(), input.height(), input.width(), "", format))
          .set(SAMPLE_ID, imageId + "#" + variant)
          .set(IMAGE_ID, imageId)
          .set(VARIANT, variant)
          .set(SEED, seed)
          .set(KIND, kind)
          .set(ROTATION_DEGREES, rotationDegrees)
          .set(DESCRIPTION, description)
          .set(INPUT, format.encoded(input.values()))
          .set(CATEGORY, category)
          .build();
    }
  }
}
