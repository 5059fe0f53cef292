package org.fairspark.store.table;

import static org.fairspark.store.table.ImagesTable.field;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * {@code maps/}: what the inspection of each test image found, beside the truth, so that every
 * metric can be computed from this table alone.
 */
public final class MapsTable {
  public static final String IMAGE_ID = ImagesTable.IMAGE_ID;
  public static final String CATEGORY = ImagesTable.CATEGORY;
  public static final String DEFECT = ImagesTable.DEFECT;
  public static final String LABEL = ImagesTable.LABEL;
  public static final String HEIGHT = ImagesTable.HEIGHT;
  public static final String WIDTH = ImagesTable.WIDTH;
  public static final String MASK = ImagesTable.MASK;
  public static final String SCORE = "score";
  public static final String RESTORATION_MSE = "restoration_mse";

  /** {@code double[distance]}: cosine of the spectra of original and restoration. */
  public static final String SIMILARITY = "similarity_by_frequency";

  /** {@code double[distance]}: shares of the original's energy. */
  public static final String ENERGY = "energy_by_frequency";

  public static final String MAP = "map";

  public static final TableSpec SPEC =
      new TableSpec("maps", 2, List.of(CATEGORY), "zstd", Set.of(MAP, MASK));

  private MapsTable() {}

  /** The columns for images of one size. */
  public static StructType schema(int height, int width) {
    return new StructType(
        new StructField[] {
          field(IMAGE_ID, DataTypes.StringType),
          field(DEFECT, DataTypes.StringType),
          field(LABEL, DataTypes.IntegerType),
          field(HEIGHT, DataTypes.IntegerType),
          field(WIDTH, DataTypes.IntegerType),
          field(SCORE, DataTypes.FloatType),
          field(RESTORATION_MSE, DataTypes.DoubleType),
          field(SIMILARITY, DataTypes.createArrayType(DataTypes.DoubleType, false)),
          field(ENERGY, DataTypes.createArrayType(DataTypes.DoubleType, false)),
          new StructField(MAP, DataTypes.BinaryType, false, Tensors.map(height, width)),
          new StructField(MASK, DataTypes.BinaryType, true, Tensors.mask(height, width)),
          field(CATEGORY, DataTypes.StringType)
        });
  }
}
