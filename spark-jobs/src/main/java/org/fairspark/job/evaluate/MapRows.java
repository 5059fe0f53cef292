package org.fairspark.job.evaluate;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.fairspark.detect.Detection;
import org.fairspark.frequency.EnergySpectrum;
import org.fairspark.frequency.FrequencySimilarity;
import org.fairspark.image.FloatImage;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.RowBuilder;

/** The rows of {@link MapsTable}: what was detected in a test image, beside its truth. */
public final class MapRows {
  private MapRows() {}

  /** Returns the row of an image from its row in {@code images/} and what was detected in it. */
  public static Row row(Row image, Detection detection) {
    FloatImage original = ImagesTable.pixels(image).toFloat();
    int height = original.height();
    int width = original.width();
    StructType schema = MapsTable.schema(height, width);
    return new RowBuilder(schema)
        .set(MapsTable.IMAGE_ID, image.getAs(MapsTable.IMAGE_ID))
        .set(MapsTable.DEFECT, image.getAs(MapsTable.DEFECT))
        .set(MapsTable.LABEL, image.getAs(MapsTable.LABEL))
        .set(MapsTable.HEIGHT, height)
        .set(MapsTable.WIDTH, width)
        .set(MapsTable.SCORE, detection.score())
        .set(MapsTable.RESTORATION_MSE, detection.restorationMse())
        .set(MapsTable.SIMILARITY, FrequencySimilarity.cosines(original, detection.restored()))
        .set(MapsTable.ENERGY, EnergySpectrum.shares(original))
        .set(MapsTable.MAP, Float32Codec.of(detection.map().values()))
        .set(MapsTable.MASK, image.getAs(MapsTable.MASK))
        .set(MapsTable.CATEGORY, image.getAs(MapsTable.CATEGORY))
        .build();
  }
}
