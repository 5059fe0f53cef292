package org.fairspark.store.table;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.metrics.DefectArea;

/** {@code images/}: the clean images, resized, with their masks; a row per image. */
public final class ImagesTable {
  public static final String IMAGE_ID = "image_id";
  public static final String PATH = "path";
  public static final String CATEGORY = "category";
  public static final String SPLIT = "split";
  public static final String DEFECT = "defect";
  public static final String LABEL = "label";
  public static final String HEIGHT = "height";
  public static final String WIDTH = "width";
  public static final String ORIGINAL_HEIGHT = "original_height";
  public static final String ORIGINAL_WIDTH = "original_width";
  public static final String PIXELS = "pixels";
  public static final String MASK = "mask";
  public static final String MASK_PATH = "mask_path";
  public static final String LENGTH = "length";
  public static final String MODIFICATION_TIME = "modification_time";
  public static final String SHA256 = "sha256";

  public static final TableSpec SPEC =
      new TableSpec("images", 1, List.of(CATEGORY, SPLIT), "zstd", Set.of(PIXELS, MASK));

  private ImagesTable() {}

  /**
   * Returns the columns.
   *
   * @param size of all images; empty where each has its own
   */
  public static StructType schema(Optional<ImageSize> size) {
    List<StructField> fields = new ArrayList<>();
    fields.add(field(IMAGE_ID, DataTypes.StringType));
    fields.add(field(PATH, DataTypes.StringType));
    fields.add(field(DEFECT, DataTypes.StringType));
    fields.add(field(LABEL, DataTypes.IntegerType));
    fields.add(field(HEIGHT, DataTypes.IntegerType));
    fields.add(field(WIDTH, DataTypes.IntegerType));
    fields.add(field(ORIGINAL_HEIGHT, DataTypes.IntegerType));
    fields.add(field(ORIGINAL_WIDTH, DataTypes.IntegerType));
    fields.add(new StructField(PIXELS, DataTypes.BinaryType, false, Tensors.pixels(size)));
    fields.add(new StructField(MASK, DataTypes.BinaryType, true, Tensors.mask(size)));
    fields.add(new StructField(MASK_PATH, DataTypes.StringType, true, Metadata.empty()));
    fields.add(field(LENGTH, DataTypes.LongType));
    fields.add(field(MODIFICATION_TIME, DataTypes.TimestampType));
    fields.add(field(SHA256, DataTypes.StringType));
    fields.add(DefectAreas.field());
    fields.add(OwnMasks.field());
    fields.addAll(AnnotationColumns.fields());
    fields.add(field(CATEGORY, DataTypes.StringType));
    fields.add(field(SPLIT, DataTypes.StringType));
    return new StructType(fields.toArray(StructField[]::new));
  }

  static StructField field(String name, DataType type) {
    return new StructField(name, type, false, Metadata.empty());
  }

  /**
   * The file of an image.
   *
   * @param imageId path relative to the data root
   * @param path absolute URI
   * @param height rows of its image
   * @param width columns of its image
   * @param length bytes
   * @param modificationTime milliseconds since 1970
   * @param sha256 of its bytes, 64 hexadecimal digits
   */
  public record SourceFile(
      String imageId,
      String path,
      int height,
      int width,
      long length,
      long modificationTime,
      String sha256) {}

  /**
   * The place of an image in its data set.
   *
   * @param split {@code train}, {@code calibration} or {@code test}
   * @param defect kind of defect, {@code good} for normal images
   * @param label 0 normal, 1 anomalous
   */
  public record Place(String category, String split, String defect, int label) {}

  /**
   * The defects of an image.
   *
   * @param mask the resized mask, null where there is none
   * @param maskPath absolute URI of the mask, null where there is none; several that were joined
   *     are written as in a table of images, divided by semicolons
   * @param areas its defects one by one, where their saturation is known
   * @param own the mask at the size of its file, null where there is none or that is the same
   */
  public record Truth(PixelImage mask, String maskPath, List<DefectArea> areas, PixelImage own) {
    /** The truth of an image without a mask. */
    public static final Truth NONE = new Truth(null, null, List.of());

    /** Makes the truth of an image that is kept at the size of its file. */
    public Truth(PixelImage mask, String maskPath, List<DefectArea> areas) {
      this(mask, maskPath, areas, null);
    }
  }

  /**
   * One image.
   *
   * @param pixels the resized image
   * @param annotations what else is known of the image
   */
  public record Image(
      SourceFile file, Place place, PixelImage pixels, Truth truth, Annotations annotations) {

    /** Makes an image of which nothing else is known. */
    public Image(SourceFile file, Place place, PixelImage pixels, Truth truth) {
      this(file, place, pixels, truth, Annotations.NONE);
    }

    /** Returns the row, in the order of {@link #schema}. */
    public Row toRow() {
      RowBuilder row =
          new RowBuilder(schema(Optional.of(pixels.size())))
              .set(IMAGE_ID, file.imageId)
              .set(PATH, file.path)
              .set(DEFECT, place.defect)
              .set(LABEL, place.label)
              .set(HEIGHT, pixels.height())
              .set(WIDTH, pixels.width())
              .set(ORIGINAL_HEIGHT, file.height)
              .set(ORIGINAL_WIDTH, file.width)
              .set(PIXELS, pixels.pixels())
              .set(MASK, truth.mask == null ? null : truth.mask.pixels())
              .set(MASK_PATH, truth.maskPath)
              .set(LENGTH, file.length)
              .set(MODIFICATION_TIME, new Timestamp(file.modificationTime))
              .set(SHA256, file.sha256)
              .set(DefectAreas.COLUMN, DefectAreas.cell(truth.areas))
              .set(OwnMasks.COLUMN, truth.own == null ? null : OwnMasks.cell(truth.own))
              .set(CATEGORY, place.category)
              .set(SPLIT, place.split);
      AnnotationColumns.set(row, annotations);
      return row.build();
    }
  }

  /** Returns the pixels of a row that holds {@code height}, {@code width} and {@code pixels}. */
  public static PixelImage pixels(Row row) {
    return new PixelImage(3, row.getAs(HEIGHT), row.getAs(WIDTH), row.getAs(PIXELS));
  }

  /**
   * Returns the mask of a row that holds {@code height}, {@code width} and {@code mask}, if there
   * is one.
   */
  public static Optional<PixelImage> mask(Row row) {
    byte[] mask = row.getAs(MASK);
    return mask == null
        ? Optional.empty()
        : Optional.of(new PixelImage(1, row.getAs(HEIGHT), row.getAs(WIDTH), mask));
  }
}
