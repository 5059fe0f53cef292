package org.fairspark.store.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * {@code scores/}: a row per image, its newest; see {@link ScoresStore} for how they are kept. In
 * SQL:
 *
 * <pre>
 * SELECT * FROM 'OUTPUT/scores/*.parquet'        -- DuckDB
 * SELECT * FROM parquet.`OUTPUT/scores`          -- Spark SQL
 * </pre>
 *
 * <p>Columns keep their names and meanings; new ones may come. Places and areas are in pixels of
 * the image's own size, from its upper left corner.
 */
public final class ScoresTable {
  public static final String NAME = "scores";

  /** Absolute URI; of an archive's member {@code ARCHIVE!/MEMBER}. */
  public static final String PATH = "path";

  /** The path below the data root. */
  public static final String NAME_BELOW_ROOT = "name";

  public static final String CATEGORY = "category";

  /** {@code normal}, {@code suspicious}, {@code uncalibrated} or {@code unreadable}. */
  public static final String DECISION = "decision";

  /**
   * The decision that the image had before an earlier run's was replaced by this one; null where it
   * is scored for the first time.
   */
  public static final String PREVIOUS_DECISION = "previous_decision";

  /** The anomaly map's maximum. */
  public static final String SCORE = "score";

  /**
   * The score from 0 to 1, where 0.5 is the threshold in every category. Null without a
   * calibration.
   */
  public static final String NORMALIZED = "normalized_score";

  public static final String THRESHOLD = "threshold";
  public static final String PIXEL_THRESHOLD = "pixel_threshold";
  public static final String PEAK_X = "peak_x";
  public static final String PEAK_Y = "peak_y";
  public static final String WIDTH = "width";
  public static final String HEIGHT = "height";

  /** Pixels above the pixel threshold. */
  public static final String AREA = "area";

  public static final String REGION_COUNT = "region_count";

  /** Bounding boxes of the regions above the pixel threshold, the highest peaks first. */
  public static final String REGIONS = "regions";

  /** The reason why an image is unreadable: a word, and a sentence. */
  public static final String REASON = "reason";

  public static final String MESSAGE = "message";

  /** SHA-256 of the model's weights. */
  public static final String MODEL = "model";

  public static final String RUN = "run";
  public static final String SCORED_AT = "scored_at";
  public static final String LENGTH = "length";
  public static final String MODIFICATION_TIME = "modification_time";

  /** The file's version, which changes whenever the file does. */
  public static final String VERSION = "version";

  public static final String SHA256 = "sha256";

  /** A hash of all that decides a row beside the image: model, thresholds, settings. */
  public static final String FINGERPRINT = "fingerprint";

  /** The folder of heat maps, by category, that a score run writes beside its table. */
  public static final String OVERLAYS = "overlays";

  /**
   * The kind of place where the image lies: {@code FILE}, {@code TAR}, {@code ZIP}, {@code
   * SEQUENCE}.
   */
  public static final String KIND = "kind";

  public static final String FILE = "file";
  public static final String MEMBER = "member";
  public static final String POSITION = "position";
  public static final String SKIP = "skip";

  /** The anomaly map, {@code float16[map_height][map_width]}, little-endian. */
  public static final String MAP = "map";

  public static final String MAP_HEIGHT = "map_height";
  public static final String MAP_WIDTH = "map_width";

  /**
   * Mean gray value of the image as the model's images are kept, from 0 to 1, the standard
   * deviation of its gray values and the mean difference of neighbouring ones: what light and lens
   * change. Null in rows of earlier versions.
   */
  public static final String BRIGHTNESS = "brightness";

  public static final String CONTRAST = "contrast";
  public static final String SHARPNESS = "sharpness";

  /** The commit that the row came with; of two rows of an image the higher one is newer. */
  public static final String BATCH = "batch";

  public static final String NORMAL = "normal";
  public static final String SUSPICIOUS = "suspicious";
  public static final String UNCALIBRATED = "uncalibrated";
  public static final String UNREADABLE = "unreadable";

  /** All decisions, in the order of reports. */
  static final List<String> DECISIONS = List.of(NORMAL, SUSPICIOUS, UNCALIBRATED, UNREADABLE);

  private ScoresTable() {}

  /** Columns of a suspicious region. */
  public static StructType region() {
    return new StructType(
        new StructField[] {
          field("x", DataTypes.IntegerType, false),
          field("y", DataTypes.IntegerType, false),
          field("width", DataTypes.IntegerType, false),
          field("height", DataTypes.IntegerType, false),
          field("area", DataTypes.LongType, false),
          field("peak", DataTypes.FloatType, false)
        });
  }

  /** Returns the columns of the files. */
  public static StructType schema() {
    Metadata map =
        new MetadataBuilder()
            .putString("tensor_type", "float16")
            .putString("tensor_layout", "HW")
            .putString("byte_order", "little-endian")
            .build();
    StructType schema =
        new StructType(
            new StructField[] {
              field(PATH, DataTypes.StringType, false),
              field(NAME_BELOW_ROOT, DataTypes.StringType, false),
              field(CATEGORY, DataTypes.StringType, true),
              field(DECISION, DataTypes.StringType, false),
              field(SCORE, DataTypes.FloatType, true),
              field(NORMALIZED, DataTypes.FloatType, true),
              field(THRESHOLD, DataTypes.FloatType, true),
              field(PIXEL_THRESHOLD, DataTypes.FloatType, true),
              field(PEAK_X, DataTypes.IntegerType, true),
              field(PEAK_Y, DataTypes.IntegerType, true),
              field(WIDTH, DataTypes.IntegerType, true),
              field(HEIGHT, DataTypes.IntegerType, true),
              field(AREA, DataTypes.LongType, true),
              field(REGION_COUNT, DataTypes.IntegerType, true),
              field(REGIONS, DataTypes.createArrayType(region(), false), true),
              field(REASON, DataTypes.StringType, true),
              field(MESSAGE, DataTypes.StringType, true),
              field(MODEL, DataTypes.StringType, true),
              field(RUN, DataTypes.StringType, false),
              field(SCORED_AT, DataTypes.TimestampType, false),
              field(LENGTH, DataTypes.LongType, false),
              field(MODIFICATION_TIME, DataTypes.TimestampType, false),
              field(VERSION, DataTypes.StringType, false),
              field(SHA256, DataTypes.StringType, true),
              field(FINGERPRINT, DataTypes.StringType, false),
              field(KIND, DataTypes.StringType, false),
              field(FILE, DataTypes.StringType, false),
              field(MEMBER, DataTypes.StringType, false),
              field(POSITION, DataTypes.LongType, false),
              field(SKIP, DataTypes.IntegerType, false),
              new StructField(MAP, DataTypes.BinaryType, true, map),
              field(MAP_HEIGHT, DataTypes.IntegerType, true),
              field(MAP_WIDTH, DataTypes.IntegerType, true),
              field(BATCH, DataTypes.IntegerType, false),
              field(PREVIOUS_DECISION, DataTypes.StringType, true),
              field(BRIGHTNESS, DataTypes.FloatType, true),
              field(CONTRAST, DataTypes.FloatType, true),
              field(SHARPNESS, DataTypes.FloatType, true)
            });
    for (StructField column : AnnotationColumns.fields()) {
      schema = schema.add(column);
    }
    return schema;
  }

  private static StructField field(String name, DataType type, boolean nullable) {
    return new StructField(name, type, nullable, Metadata.empty());
  }
}
