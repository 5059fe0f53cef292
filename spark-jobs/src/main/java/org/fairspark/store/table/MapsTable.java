package org.fairspark.store.table;

import static org.fairspark.store.table.ImagesTable.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.detect.Extra;
import org.fairspark.image.ImageSize;

/**
 * {@code maps/}: the detection of each test image beside the truth, so that every metric can be
 * computed from this table alone. Between score and level stand the method's extras.
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

  /** {@code double[distance]}: shares of the original's energy. */
  public static final String ENERGY = "energy_by_frequency";

  public static final String MAP = "map";

  /**
   * Median of the anomaly map before its pixels were related to what is normal. Tables of earlier
   * versions have none: their maps are the anomaly maps.
   */
  public static final String LEVEL = "map_level";

  public static final TableSpec SPEC =
      new TableSpec("maps", 2, List.of(CATEGORY), "zstd", Set.of(MAP, MASK));

  private MapsTable() {}

  /**
   * Returns the columns for images of one size.
   *
   * @param extras that the method gives
   */
  public static StructType schema(Optional<ImageSize> size, List<Extra> extras) {
    List<StructField> fields = new ArrayList<>();
    fields.add(field(IMAGE_ID, DataTypes.StringType));
    fields.add(field(DEFECT, DataTypes.StringType));
    fields.add(field(LABEL, DataTypes.IntegerType));
    fields.add(field(HEIGHT, DataTypes.IntegerType));
    fields.add(field(WIDTH, DataTypes.IntegerType));
    fields.add(field(SCORE, DataTypes.FloatType));
    extras.forEach(extra -> fields.add(field(extra.name(), type(extra))));
    fields.add(field(LEVEL, DataTypes.FloatType));
    fields.add(field(ENERGY, DataTypes.createArrayType(DataTypes.DoubleType, false)));
    fields.add(new StructField(MAP, DataTypes.BinaryType, false, Tensors.map(size)));
    fields.add(new StructField(MASK, DataTypes.BinaryType, true, Tensors.mask(size)));
    fields.add(DefectAreas.field());
    fields.addAll(OwnMasks.fields());
    fields.addAll(AnnotationColumns.fields());
    fields.add(field(CATEGORY, DataTypes.StringType));
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static DataType type(Extra extra) {
    return switch (extra.type()) {
      case NUMBER -> DataTypes.DoubleType;
      case NUMBERS -> DataTypes.createArrayType(DataTypes.DoubleType, false);
    };
  }
}
