package org.fairspark.job.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Extra;
import org.fairspark.frequency.EnergySpectrum;
import org.fairspark.image.FloatImage;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.DefectAreas;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.OwnMasks;
import org.fairspark.store.table.RowBuilder;

/**
 * The rows of {@link MapsTable}: what was detected in a test image, beside its truth.
 *
 * @param extras that the method gives
 */
public record MapRows(List<Extra> extras) implements Serializable {

  /**
   * Makes an image's row.
   *
   * @param image its row in {@code images/}
   * @param original its pixels, {@code float[3][H][W]}, RGB in [0,1]
   * @throws IllegalStateException if the detection lacks an extra
   */
  public Row row(Row image, FloatImage original, Detection detection) {
    int height = original.height();
    int width = original.width();
    RowBuilder row =
        new RowBuilder(MapsTable.schema(Optional.of(original.size()), extras))
            .set(MapsTable.IMAGE_ID, image.getAs(MapsTable.IMAGE_ID))
            .set(MapsTable.DEFECT, image.getAs(MapsTable.DEFECT))
            .set(MapsTable.LABEL, image.getAs(MapsTable.LABEL))
            .set(MapsTable.HEIGHT, height)
            .set(MapsTable.WIDTH, width)
            .set(MapsTable.SCORE, detection.score())
            .set(MapsTable.LEVEL, detection.level())
            .set(MapsTable.ENERGY, EnergySpectrum.shares(original))
            .set(MapsTable.MAP, Float32Codec.of(detection.map().values()))
            .set(MapsTable.MASK, image.getAs(MapsTable.MASK))
            .set(MapsTable.CATEGORY, image.getAs(MapsTable.CATEGORY));
    AnnotationColumns.copy(image, row);
    DefectAreas.copy(image, row);
    OwnMasks.copy(image, row);
    extras.forEach(extra -> row.set(extra.name(), value(extra, detection)));
    return row.build();
  }

  private static Object value(Extra extra, Detection detection) {
    double[] values =
        detection
            .extra(extra)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the method declares %s, and a detection has none".formatted(extra)));
    return switch (extra.type()) {
      case NUMBER -> values[0];
      case NUMBERS -> values;
    };
  }
}
